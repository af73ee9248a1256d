using PixelPipeline.Logs.Files;
using PixelPipeline.Summaries;

namespace PixelPipeline.Benchmarks;

/// <summary>How fast one core reads and counts the lines of each format.</summary>
internal static class ReaderBenchmark
{
    public static Task<int> RunAsync(int lines)
    {
        Console.WriteLine($"{"one core",-12} {"lines/s",14} {"MB/s",8} {"bytes/line",11}");
        foreach (var format in GeneratedLog.Formats)
        {
            using var log = new GeneratedLog(format, lines);
            var file = LogFile.FromPath(log.Path);
            var best = Enumerable.Range(0, 5).Min(_ => Measure(file, format, lines));
            Console.WriteLine($"{format,-12} {lines / best.TotalSeconds,14:N0} {file.Length!.Value / best.TotalSeconds / 1e6,8:N0} {file.Length.Value / lines,11:N0}");
        }

        return Task.FromResult(0);
    }

    private static TimeSpan Measure(LogFile file, string format, int lines)
    {
        using var reader = new LineChunkReader([file], null, (_, e) => throw e);
        var counter = new ChunkCounter([]);
        var chunk = new LineChunk();
        var start = Environment.CpuUsage.TotalTime; // one thread: its CPU time is its time on a quiet machine
        while (reader.TryRead(chunk))
        {
            counter.Count(chunk);
        }

        var time = Environment.CpuUsage.TotalTime - start;
        return counter.Hits == lines ? time : throw new InvalidOperationException($"{format}: {counter.Hits:N0} hits in {lines:N0} lines.");
    }
}
