using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace PixelPipeline.Local.AccessLog;

/// <summary>
/// Appends lines to the access log. Lines of many concurrent requests share one write; each caller's task completes
/// once its line is in the operating system's hands, where it survives the end of this process in any way.
/// </summary>
internal sealed class AccessLogWriter : IAsyncDisposable
{
    private const int MaxWaitingLines = 4096;
    private const int MaxBatchBytes = 1024 * 1024;

    private readonly Channel<WaitingLine> _waiting = Channel.CreateBounded<WaitingLine>(
        new BoundedChannelOptions(MaxWaitingLines) { SingleReader = true });

    private readonly List<WaitingLine> _batch = [];
    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    private readonly CancellationTokenSource _stop = new();
    private readonly SegmentSequence _segments;
    private readonly ILogger _log;
    private readonly Task _writing;
    private readonly Task _flushing;
    private bool _failing;

    internal AccessLogWriter(SegmentSequence segments, TimeSpan flushInterval, TimeProvider time, ILogger log)
    {
        _segments = segments;
        _log = log;
        _writing = Task.Run(WriteAsync);
        _flushing = FlushAsync(new PeriodicTimer(flushInterval, time));
    }

    /// <summary>What readers of the log wait at.</summary>
    internal AccessLogTail Tail => _segments.Tail;

    /// <summary>Where the segments are.</summary>
    internal SegmentFolder Folder => _segments.Folder;

    /// <summary>
    /// Opens the access log of a data folder that this process holds, and cuts off a half line at its end, which an
    /// earlier process left when it was killed.
    /// </summary>
    /// <param name="data">Must be locked by this process.</param>
    /// <param name="options">When segments are closed.</param>
    /// <param name="time">Names and ages the segments.</param>
    /// <param name="logs">Failures and recoveries are logged, never lines.</param>
    /// <exception cref="IOException">The folder or its newest segment cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public static AccessLogWriter Open(DataFolder data, AccessLogOptions options, TimeProvider time, ILoggerFactory logs) =>
        new(
            SegmentSequence.Open(new SegmentFolder(data), options, time, SegmentFile.Create),
            options.FlushInterval,
            time,
            logs.CreateLogger<AccessLogWriter>());

    /// <summary>Appends one line. Completes once it is in the operating system's hands.</summary>
    /// <param name="line">
    /// One line with the newline at its end, at most 1 MiB. Must stay unchanged until the task completes.
    /// </param>
    /// <exception cref="AccessLogUnavailableException">The line is not in the log.</exception>
    public Task AppendAsync(ReadOnlyMemory<byte> line) => AppendAtAsync(line);

    /// <summary>Appends one line, and tells where it begins.</summary>
    /// <param name="line">As of <see cref="AppendAsync"/>.</param>
    /// <exception cref="AccessLogUnavailableException">The line is not in the log.</exception>
    internal async Task<LogPosition> AppendAtAsync(ReadOnlyMemory<byte> line)
    {
        var waiting = new WaitingLine(line, new TaskCompletionSource<LogPosition>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _waiting.Writer.WriteAsync(waiting);
        }
        catch (ChannelClosedException e)
        {
            throw new AccessLogUnavailableException(e);
        }

        return await waiting.Written.Task;
    }

    /// <summary>Writes the lines that wait, brings everything to the disk and to the lake, and closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_waiting.Writer.TryComplete())
        {
            return; // it was disposed before
        }

        await _writing;
        await _stop.CancelAsync();
        await _flushing;
        Flush(close: true);
        _segments.Dispose();
        _stop.Dispose();
    }

    private async Task WriteAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (_bytes.WrittenCount < MaxBatchBytes && _waiting.Reader.TryRead(out var line))
            {
                _batch.Add(line);
                _bytes.Write(line.Bytes.Span);
            }

            WriteBatch();
            _batch.Clear();
            _bytes.ResetWrittenCount();
        }
    }

    private void WriteBatch()
    {
        LogPosition position;
        try
        {
            position = _segments.Append(_bytes.WrittenSpan);
        }
        catch (Exception e) // whatever it is, each caller is told, and the next batch is tried anew
        {
            NoteFailure(e);
            _batch.ForEach(line => line.Written.SetException(new AccessLogUnavailableException(e)));
            return;
        }

        NoteRecovery();
        foreach (var line in _batch)
        {
            line.Written.SetResult(position);
            position = position with { Offset = position.Offset + line.Bytes.Length };
        }
    }

    private async Task FlushAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            try
            {
                while (await timer.WaitForNextTickAsync(_stop.Token))
                {
                    Flush();
                }
            }
            catch (OperationCanceledException)
            {
                // the log is being closed
            }
        }
    }

    private void Flush(bool close = false)
    {
        try
        {
            if (close)
            {
                _segments.CloseCurrent();
            }

            _segments.FlushToDisk();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.LogError(e, "The access log could not be brought to the disk or to the lake");
        }
    }

    private void NoteFailure(Exception failure)
    {
        if (!_failing)
        {
            _log.LogError(failure, "The access log cannot be written: requests are answered 503 until it can");
        }

        _failing = true;
    }

    private void NoteRecovery()
    {
        if (_failing)
        {
            _log.LogInformation("The access log can be written again");
        }

        _failing = false;
    }

    private readonly record struct WaitingLine(ReadOnlyMemory<byte> Bytes, TaskCompletionSource<LogPosition> Written);
}
