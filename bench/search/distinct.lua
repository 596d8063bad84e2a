-- distinct.lua - asks a resources API the queries of a file, each once, in the order of the file.
--
--	wrk -s distinct.lua URL -- FILE SKIP THREADS
--
-- The threads share the file: each takes every n-th line, from a place of its own after SKIP lines.

local threads = 0

function setup(thread)
	thread:set("place", threads)
	threads = threads + 1
end

local function escape(text)
	return (text:gsub("[^%w]", function(c)
		return string.format("%%%02X", string.byte(c))
	end))
end

function init(words)
	local file = assert(io.open(words[1]))

	paths = {}
	for line in file:lines() do
		paths[#paths + 1] = wrk.path .. "?q=" .. escape(line)
	end
	file:close()
	at = (tonumber(words[2]) or 0) + place
	step = tonumber(words[3]) or 1
end

function request()
	local path = paths[at % #paths + 1]

	at = at + step
	return wrk.format("GET", path)
end
