using Google.Apis.Http;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// Takes the <c>Retry-After</c> header down as a failed answer passes, for the call that is waiting: the client
/// library's exceptions do not carry it.
/// </summary>
internal sealed class RetryAfterRecorder : IHttpUnsuccessfulResponseHandler
{
    private static readonly AsyncLocal<RetryAfterNote?> Current = new();

    private RetryAfterRecorder()
    {
    }

    /// <summary>To be added to each client.</summary>
    public static RetryAfterRecorder Instance { get; } = new();

    /// <summary>Makes a call whose failed answer is taken down into <paramref name="note"/>.</summary>
    public static async Task<T> ObserveAsync<T>(RetryAfterNote note, Func<Task<T>> call)
    {
        Current.Value = note; // visible to what this method calls, and to nobody else
        return await call();
    }

    /// <inheritdoc/>
    public Task<bool> HandleResponseAsync(HandleUnsuccessfulResponseArgs args)
    {
        Current.Value?.Read(args.Response);
        return Task.FromResult(false);
    }
}
