using System.Diagnostics;
using PixelPipeline.Logs.Files;
using PixelPipeline.Soak.Processes;
using PixelPipeline.Summaries;

namespace PixelPipeline.Benchmarks;

/// <summary>The summary of a classic ELB log beside mawk and wc, in one run, taking turns. The command is run as people type it.</summary>
internal static class SummarizeBenchmark
{
    private const int Rounds = 7;

    // Hits by date and path, as one would write it in a shell.
    private const string Awk =
        """{ u = $13; sub(/^[a-z]+:\/\/[^\/]*/, "", u); sub(/\?.*/, "", u); hits[substr($1, 1, 10) "," u]++ } END { for (k in hits) print k "," hits[k] }""";

    public static async Task<int> RunAsync(int lines)
    {
        var pixel = Path.Combine(BuiltFiles.Checkout, "pixel");
        await RunProcessAsync(pixel, "--version"); // which builds it
        using var log = new GeneratedLog("elb", lines);
        var file = LogFile.FromPath(log.Path);
        var contenders = new (string Name, Func<Task> Run)[]
        {
            ("wc -l", () => RunProcessAsync("wc", "-l", log.Path)),
            ("mawk", () => RunProcessAsync("mawk", Awk, log.Path)),
            ("./pixel summarize", () => RunProcessAsync(pixel, "summarize", log.Path, "--format", "csv")),
            ("the same without its start", () => SummarizeAsync(file, lines)),
        };
        var best = new TimeSpan[contenders.Length];
        Array.Fill(best, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await contenders[i].Run();
                var time = Stopwatch.GetElapsedTime(start);
                best[i] = time < best[i] ? time : best[i];
            }
        }

        Console.WriteLine($"{lines:N0} lines, {file.Length!.Value / 1e6:N0} MB, {Environment.ProcessorCount} cores; best of {Rounds}");
        for (var i = 0; i < contenders.Length; i++)
        {
            Console.WriteLine($"{contenders[i].Name,-36} {best[i].TotalSeconds,7:N3} s {file.Length.Value / best[i].TotalSeconds / 1e6,8:N0} MB/s   {best[1] / best[i],5:N1} × mawk");
        }

        return 0;
    }

    private static async Task SummarizeAsync(LogFile file, int lines)
    {
        var summary = await new Summarizer([], null, b => throw new InvalidOperationException($"{b}"), (_, e) => throw e).SummarizeAsync([file], CancellationToken.None);
        if (summary.Hits != lines)
        {
            throw new InvalidOperationException($"{summary.Hits:N0} hits in {lines:N0} lines.");
        }
    }

    private static async Task RunProcessAsync(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{name} ended with {process.ExitCode}.");
        }
    }
}
