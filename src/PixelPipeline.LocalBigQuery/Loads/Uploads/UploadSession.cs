using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Loads.Uploads;

/// <summary>A resumable upload: its bytes arrive in as many requests as the client likes, and then it becomes a job.</summary>
internal sealed class UploadSession(string id, LoadRequest request, UploadFile file) : IDisposable
{
    // A client that lost its connection asks again while the server may still be busy with the request that broke off.
    private readonly SemaphoreSlim _turn = new(1);
    private ApiException? _refusal;

    /// <summary>What the client calls it by.</summary>
    public string Id => id;

    /// <summary>When it was last used.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>How many bytes are here.</summary>
    public long Received { get; private set; }

    /// <summary>Whether all has arrived.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes what a request has, and starts the job when that was all.</summary>
    /// <returns>The job, however often it is asked for; null while bytes are missing.</returns>
    /// <exception cref="ApiException">The job can't be started, or there are more bytes than was said.</exception>
    public async Task<LoadJob?> ReceiveAsync(ContentRange range, Stream body, LoadJobs jobs, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsOver)
            {
                await AppendAsync(range, body, cancellationToken);
                if (range.IsWholeWith(Received))
                {
                    Start(jobs);
                }
            }

            return _refusal is null ? Job : throw _refusal;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Job is null)
        {
            file.Dispose(); // else it is the job's
        }

        _turn.Dispose();
    }

    private LoadJob? Job { get; set; }

    private async Task AppendAsync(ContentRange range, Stream body, CancellationToken cancellationToken)
    {
        if (range.First is not { } first || first > Received)
        {
            return; // the answer says where to go on
        }

        try
        {
            await file.AppendAsync(body, Received - first, cancellationToken);
        }
        finally
        {
            Received = file.Length;
        }

        if (Received > range.Total)
        {
            throw ApiException.Invalid("The upload has more bytes than its Content-Range says.", "Content-Range");
        }
    }

    private void Start(LoadJobs jobs)
    {
        IsOver = true;
        try
        {
            Job = jobs.Start(request, file);
        }
        catch (ApiException refusal)
        {
            _refusal = refusal;
        }
    }
}
