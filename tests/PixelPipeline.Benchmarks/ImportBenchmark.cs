using System.Diagnostics;
using PixelPipeline.Events;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;
using PixelPipeline.Tables;

namespace PixelPipeline.Benchmarks;

/// <summary>How fast lines become rows before the database: <c>pixel import --dry-run</c>, on all cores.</summary>
internal static class ImportBenchmark
{
    private const int Rounds = 5;

    public static async Task<int> RunAsync(int lines)
    {
        var schema = EventSchema.Parse(
            """[{"name":"event_id","type":"STRING"},{"name":"event_time","type":"TIMESTAMP"},{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"type","type":"STRING"},{"name":"order_id","type":"STRING"},{"name":"user_agent","type":"STRING"},{"name":"referer","type":"STRING"}]"""u8,
            "schema");
        var processor = new PixelProcessor(schema, new TableLayout.Template("pixel", SuffixPattern.Parse(SuffixPattern.Default, schema)), "/pixel.png");
        Console.WriteLine($"{Environment.ProcessorCount + " cores",-12} {"lines/s",14} {"MB/s",8} {"rows",11} {"lines/CPU s",14}");
        foreach (var format in GeneratedLog.Formats)
        {
            using var log = new GeneratedLog(format, lines);
            var file = LogFile.FromPath(log.Path);
            var best = TimeSpan.MaxValue;
            var leastCpu = TimeSpan.MaxValue;
            long rows = 0;
            for (var i = 0; i < Rounds; i++)
            {
                var start = Stopwatch.GetTimestamp();
                var cpuBefore = Environment.CpuUsage.TotalTime;
                using var importer = new Importer(processor, [file], null, default, new DryRun(), b => throw new InvalidOperationException($"{b}"), (_, e) => throw e);
                await importer.RunAsync(CancellationToken.None);
                var time = Stopwatch.GetElapsedTime(start);
                var cpu = Environment.CpuUsage.TotalTime - cpuBefore;
                best = time < best ? time : best;
                leastCpu = cpu < leastCpu ? cpu : leastCpu;
                rows = importer.Counts.Lines == lines ? importer.Counts.WrittenRows : throw new InvalidOperationException($"{importer.Counts.Lines:N0} of {lines:N0} lines.");
            }

            Console.WriteLine($"{format,-12} {lines / best.TotalSeconds,14:N0} {file.Length!.Value / best.TotalSeconds / 1e6,8:N0} {rows,11:N0} {lines / leastCpu.TotalSeconds,14:N0}");
        }

        return 0;
    }
}
