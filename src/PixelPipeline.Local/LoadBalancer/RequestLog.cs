using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;
using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.LoadBalancer;

/// <summary>Appends requests to the access log.</summary>
internal sealed class RequestLog(AccessLogWriter log, LoadBalancerLogEntry entries, TimeProvider time)
{
    private readonly ObjectPool<EntryBuffer> _lines = new DefaultObjectPoolProvider().Create<EntryBuffer>();

    /// <summary>Appends the entry of a request whose status and headers are decided.</summary>
    /// <exception cref="AccessLogUnavailableException">It is not in the log.</exception>
    public async Task AppendAsync(HttpContext context, DateTimeOffset arrival, long arrivalTimestamp)
    {
        var line = _lines.Get();
        try
        {
            entries.Write(line.Json, context, arrival, time.GetElapsedTime(arrivalTimestamp));
            await log.AppendAsync(line.EndLine());
        }
        finally
        {
            _lines.Return(line);
        }
    }
}
