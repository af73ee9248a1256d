using Google.Apis.Http;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// What a failed answer's <c>Retry-After</c> header says. The client library's exceptions do not carry it, so it is
/// taken down as the answer passes, for the call that is waiting.
/// </summary>
internal static class RetryAfter
{
    private static readonly AsyncLocal<Note?> Current = new();

    /// <summary>To be added to each client.</summary>
    public static IHttpUnsuccessfulResponseHandler Recorder { get; } = new ResponseHandler();

    /// <summary>Makes a call, taking down into <paramref name="note"/> what its failed answer says.</summary>
    public static async Task<T> ObserveAsync<T>(Note note, Func<Task<T>> call)
    {
        Current.Value = note; // visible to what this method calls, and to nobody else
        return await call();
    }

    /// <summary>Takes down one call's header.</summary>
    internal sealed class Note
    {
        /// <summary>How long the server asks to wait; null where it does not say.</summary>
        public TimeSpan? Delay { get; set; }
    }

    private sealed class ResponseHandler : IHttpUnsuccessfulResponseHandler
    {
        public Task<bool> HandleResponseAsync(HandleUnsuccessfulResponseArgs args)
        {
            if (Current.Value is { } note && args.Response.Headers.RetryAfter is { } header)
            {
                note.Delay = header.Delta ?? header.Date - args.Response.Headers.Date;
            }

            return Task.FromResult(false);
        }
    }
}
