using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;

namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>
/// Encodes a load's rows on a thread of its own while the writer adds those that are ready, a few chunks ahead. Whatever
/// goes wrong there is a refusal here, so that it undoes this load and no other write. Dispose it once the writer is through.
/// </summary>
internal sealed class RowFeed : IDisposable
{
    private const int ChunksAhead = 4;

    private readonly BlockingCollection<RowChunk> _chunks = new(ChunksAhead);
    private readonly CancellationTokenSource _stop;
    private readonly Task _encoding;
    private readonly LoadJob _job;
    private readonly ILogger _log;
    private ApiException? _failure;

    /// <summary>Begins to encode.</summary>
    public RowFeed(LoadJob job, TableTarget target, ILogger log)
    {
        (_job, _log) = (job, log);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(job.Cancelled);
        _encoding = Task.Factory.StartNew(() => Encode(target), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The rows as they get ready.</summary>
    /// <exception cref="ApiException">The load fails: rows do not fit, it was cancelled, or its file can't be read.</exception>
    public IEnumerable<RowChunk> Chunks()
    {
        foreach (var chunk in _chunks.GetConsumingEnumerable())
        {
            using (chunk)
            {
                yield return chunk;
            }
        }

        if (_failure is not null)
        {
            throw _failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _encoding.GetAwaiter().GetResult();
        while (_chunks.TryTake(out var chunk))
        {
            chunk.Dispose();
        }

        _chunks.Dispose();
        _stop.Dispose();
    }

    private void Encode(TableTarget target)
    {
        try
        {
            using var content = _job.File.OpenContent();
            foreach (var chunk in new RowSource(content, target.Schema, _job.Request.IgnoreUnknownValues, _job.RowErrors).Chunks())
            {
                _chunks.Add(chunk, _stop.Token);
            }
        }
        catch (Exception e)
        {
            _failure = ToRefusal(e);
        }
        finally
        {
            _chunks.CompleteAdding();
        }
    }

    private ApiException ToRefusal(Exception exception)
    {
        switch (exception)
        {
            case ApiException refusal:
                return refusal;
            case OperationCanceledException:
                return new ApiException(400, "stopped", "Job execution was cancelled: User requested cancellation");
            case InvalidDataException:
                return ApiException.Invalid("Error while reading data, error message: The file begins as gzip does and is damaged, cut off, or several files in one.");
            default:
                _log.LogError(exception, "The local BigQuery failed to read the file of a load");
                return ApiException.Internal();
        }
    }
}
