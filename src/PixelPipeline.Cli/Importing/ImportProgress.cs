using System.Diagnostics;
using System.Globalization;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;
using Spectre.Console;

namespace PixelPipeline.Cli.Importing;

/// <summary>Shows how an import goes on, while it does, on standard error; nothing where that is no terminal.</summary>
internal sealed class ImportProgress
{
    private readonly Importer _importer;
    private readonly long? _bytes;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Sets it up.</summary>
    /// <param name="importer">What is watched.</param>
    /// <param name="files">What it reads.</param>
    public ImportProgress(Importer importer, IEnumerable<LogFile> files)
    {
        _importer = importer;
        _bytes = files.Aggregate((long?)0, (sum, file) => sum + file.Length);
    }

    /// <summary>Shows progress until the import ends.</summary>
    /// <param name="run">The import.</param>
    /// <param name="every">Called at each refresh, twice a second.</param>
    public async Task ShowAsync(Task run, Action every)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected)
        {
            await WatchAsync(run, every);
            return;
        }

        await console.Status().StartAsync("Importing", status => WatchAsync(run, () =>
        {
            every();
            status.Status = Markup.Escape(Text());
        }));
    }

    private static async Task WatchAsync(Task run, Action every)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (!run.IsCompleted)
        {
            await Task.WhenAny(run, timer.WaitForNextTickAsync().AsTask());
            every();
        }

        await run;
    }

    private string Text()
    {
        var counts = _importer.Counts;
        var read = _importer.StoredBytesRead;
        var time = Stopwatch.GetElapsedTime(_start);
        var left = _bytes is { } all && read > 0 ? $", {time * ((all - read) / (double)read):hh\\:mm\\:ss} left" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{read / 1e6:N0}{(_bytes is { } size ? $" of {size / 1e6:N0}" : "")} MB, {counts.Lines / time.TotalSeconds:N0} lines/s, {counts.WrittenRows:N0} rows, {counts.RejectedRows:N0} rejected, {counts.BadLines:N0} unreadable{left}");
    }
}
