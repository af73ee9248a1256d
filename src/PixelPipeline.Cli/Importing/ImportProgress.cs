using System.Diagnostics;
using System.Globalization;
using PixelPipeline.Cli.Output;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;

namespace PixelPipeline.Cli.Importing;

/// <summary>Shows how an import goes on, while it does, on standard error.</summary>
internal sealed class ImportProgress
{
    // Longer than an import that goes well ever stands still, but for load jobs, which are waited for as well.
    private static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(3);

    private readonly Importer _importer;
    private readonly CountingSink? _read;
    private readonly long? _bytes;
    private readonly long _start = Stopwatch.GetTimestamp();
    private (long Read, long Settled) _reached;
    private long _reachedAt = Stopwatch.GetTimestamp();

    /// <summary>Progress of an import from now on: rate and time left are counted from here.</summary>
    /// <param name="importer">What is watched.</param>
    /// <param name="files">What it reads.</param>
    /// <param name="read">Where its lines come by before they are committed; null where they are at once.</param>
    public ImportProgress(Importer importer, IEnumerable<LogFile> files, CountingSink? read = null)
    {
        _importer = importer;
        _read = read;
        _bytes = files.Aggregate((long?)0, (sum, file) => sum + file.Length);
    }

    /// <summary>Shows progress until the import ends.</summary>
    /// <param name="run">The import.</param>
    /// <param name="every">Called at each refresh, twice a second.</param>
    public Task ShowAsync(Task run, Action? every = null) => WorkProgress.ShowAsync(run, Text, () =>
    {
        Look();
        every?.Invoke();
    });

    private string Text()
    {
        var counts = _importer.Counts;
        var read = _importer.StoredBytesRead;
        var time = Stopwatch.GetElapsedTime(_start);
        var lines = _read?.Lines ?? counts.Lines;
        var left = _bytes is { } all && read > 0 ? $", {time * ((all - read) / (double)read):hh\\:mm\\:ss} left" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{read / 1e6:N0}{(_bytes is { } size ? $" of {size / 1e6:N0}" : "")} MB, {lines:N0} lines read, {lines / time.TotalSeconds:N0}/s, {counts.WrittenRows:N0} rows, {counts.RejectedRows:N0} rejected, {counts.BadLines:N0} unreadable{left}{Waiting()}");
    }

    private void Look()
    {
        var now = (_importer.StoredBytesRead, _importer.Counts.Lines);
        if (now != _reached)
        {
            (_reached, _reachedAt) = (now, Stopwatch.GetTimestamp());
        }
    }

    private string Waiting()
    {
        var still = Stopwatch.GetElapsedTime(_reachedAt);
        return still < StandsStill ? "" : string.Create(CultureInfo.InvariantCulture, $", waiting for BigQuery for {still.TotalSeconds:N0} s");
    }
}
