using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Inserts;

/// <summary>
/// Bounds the memory of insert requests under way: each takes its body's size from a budget before the body is read,
/// and waits its turn when there is not enough.
/// </summary>
internal sealed class InsertMemoryBudget : IDisposable
{
    private const int KilobytesInAll = 128 * 1024;
    private const int LargestKilobytes = JsonBody.MaximumBytes / 1024;
    private const int UsualCompression = 16;

    private readonly ConcurrencyLimiter _kilobytes = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = KilobytesInAll,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for the request's share. Dispose it once the rows are committed.</summary>
    public ValueTask<RateLimitLease> AcquireAsync(HttpRequest request) =>
        _kilobytes.AcquireAsync(Kilobytes(request), request.HttpContext.RequestAborted);

    /// <inheritdoc/>
    public void Dispose() => _kilobytes.Dispose();

    private static int Kilobytes(HttpRequest request)
    {
        var compression = request.Headers.ContentEncoding.Count > 0 ? UsualCompression : 1;
        var bytes = (request.ContentLength ?? JsonBody.MaximumBytes) * compression;
        return (int)Math.Clamp(bytes / 1024, 1, LargestKilobytes);
    }
}
