namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>What one call's last failed answer says in its <c>Retry-After</c> header.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc9110#name-retry-after"/>
internal sealed class RetryAfterNote
{
    private readonly TimeProvider _time;

    public RetryAfterNote(TimeProvider time) => _time = time;

    /// <summary>How long the server asks to wait; null where it does not say, or says not to.</summary>
    public TimeSpan? Delay { get; private set; }

    /// <summary>Takes down a failed answer's header.</summary>
    public void Read(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var delay = header?.Delta ?? (header?.Date - (response.Headers.Date ?? _time.GetUtcNow()));
        Delay = delay > TimeSpan.Zero ? delay : null;
    }

    /// <summary>The wish, for one pause; null leaves it to the growing pauses.</summary>
    public TimeSpan? Take()
    {
        var delay = Delay;
        Delay = null;
        return delay;
    }
}
