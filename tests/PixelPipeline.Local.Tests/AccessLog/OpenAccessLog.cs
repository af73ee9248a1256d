using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Local.AccessLog;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.AccessLog;

/// <summary>An access log in a folder of its own.</summary>
internal sealed class OpenAccessLog : IAsyncDisposable
{
    private readonly TempFolder _temp = new();

    public OpenAccessLog(AccessLogOptions? options = null, ShiftedTime? time = null, FailingDisk? disk = null)
    {
        Options = options ?? new AccessLogOptions();
        Time = time ?? new ShiftedTime();
        Data = new DataFolder(_temp.Path);
        Folder = new SegmentFolder(Data);
        Writer = Open(disk);
    }

    public AccessLogOptions Options { get; }

    public ShiftedTime Time { get; }

    public DataFolder Data { get; }

    public SegmentFolder Folder { get; }

    public AccessLogWriter Writer { get; private set; }

    /// <summary>All segments' contents, oldest first.</summary>
    public string[] Contents => [.. Folder.List().Select(id => File.ReadAllText(Folder.PathOf(id)))];

    public Task AppendAsync(string text) => Writer.AppendAsync(Some.Line(text));

    /// <summary>Ends the writer and opens the log again, as the next run does.</summary>
    public async Task ReopenAsync()
    {
        await Writer.DisposeAsync();
        Writer = Open(disk: null);
    }

    /// <summary>The next lines from a position on; waits for those that are not written yet.</summary>
    public async Task<List<string>> ReadAsync(int count, LogPosition from = default)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var lines = new List<string>();
        var reader = new AccessLogReader(Folder, Writer.Tail);
        await foreach (var line in reader.FollowAsync(from, patience.Token))
        {
            lines.Add(System.Text.Encoding.UTF8.GetString(line.Bytes.Span));
            if (lines.Count == count)
            {
                break;
            }
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        _temp.Dispose();
    }

    private AccessLogWriter Open(FailingDisk? disk) => new(
        SegmentSequence.Open(Folder, Options, Time, disk is null ? SegmentFile.Create : disk.Create),
        Options.FlushInterval,
        Time,
        NullLogger.Instance);
}
