using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PixelPipeline.Soak.Checking;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Soak.Faults;

/// <summary>A reverse proxy before BigQuery that lets calls fail as the plan says, and takes down what was committed.</summary>
internal sealed class BigQueryFaultLayer : IAsyncDisposable
{
    private const int YoungInserts = 3;

    private readonly FaultPlan _plan;
    private readonly ActionLog _log;
    private readonly FaultCounters _faults;
    private readonly ConcurrentDictionary<string, int> _insertsByTable = [];
    private readonly HttpClient _http;
    private WebApplication? _app;
    private long _calls;
    private long _inserts;
    private long _effective;
    private long _rows;

    private BigQueryFaultLayer(Uri bigQuery, FaultPlan plan, ActionLog log, FaultCounters faults)
    {
        _plan = plan;
        _log = log;
        _faults = faults;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { BaseAddress = bigQuery };
    }

    public LoopbackPort Port { get; } = LoopbackPort.Take();

    /// <summary>All calls to BigQuery, failed ones included.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>The inserts that took effect.</summary>
    public long EffectiveInserts => Interlocked.Read(ref _effective);

    /// <summary>The rows of inserts that took effect.</summary>
    public long CommittedRows => Interlocked.Read(ref _rows);

    public static async Task<BigQueryFaultLayer> StartAsync(Uri bigQuery, FaultPlan plan, ActionLog log, FaultCounters faults, CancellationToken cancellationToken)
    {
        var layer = new BigQueryFaultLayer(bigQuery, plan, log, faults);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, layer.Port.Number);
        });
        layer._app = builder.Build();
        layer._app.Run(layer.HandleAsync);
        await layer._app.StartAsync(cancellationToken);
        return layer;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            var call = Interlocked.Increment(ref _calls);
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var insert = ParseInsert(context.Request, body.ToArray());
            var fault = _plan.Of(call, insert is null ? null : Interlocked.Increment(ref _inserts), insert is not null && IsYoung(insert.Table));
            if (fault != BigQueryFault.None)
            {
                _faults.Count($"BigQuery: {fault}");
            }

            await HandleAsync(context, new Call(call, body.ToArray(), insert), fault);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            _faults.Count("BigQuery: unreachable, or the function gave up");
            context.Abort();
        }
    }

    private Task HandleAsync(HttpContext context, Call call, BigQueryFault fault) => fault switch
    {
        BigQueryFault.InternalError => FaultAnswer.RefuseAsync(context, 500, "internalError"),
        BigQueryFault.Unavailable => FaultAnswer.RefuseAsync(context, 503, "backendError"),
        BigQueryFault.QuotaExceeded => FaultAnswer.RefuseAsync(context, 403, "quotaExceeded"),
        BigQueryFault.NotFoundYet => FaultAnswer.RefuseAsync(context, 404, "notFound"),
        BigQueryFault.RateLimited => FaultAnswer.RefuseLaterAsync(context),
        BigQueryFault.BadGateway => FaultAnswer.WriteAsync(context, new Answer(502, "text/html", "<html><h1>502</h1></html>"u8.ToArray())),
        BigQueryFault.ResetBefore => FaultAnswer.AbortAsync(context),
        BigQueryFault.HangBefore => FaultAnswer.HangAsync(context),
        _ => ForwardAsync(context, call, fault),
    };

    private async Task ForwardAsync(HttpContext context, Call call, BigQueryFault fault)
    {
        var answer = call.Insert is { Refused.Count: > 0 } refused
            ? new Answer(200, "application/json; charset=UTF-8", refused.Refusal())
            : await SendAsync(context.Request, call);
        TakeDown(call, answer);
        switch (fault)
        {
            case BigQueryFault.ResetAfter:
                await FaultAnswer.AbortAsync(context);
                break;
            case BigQueryFault.HangAfter:
                await FaultAnswer.HangAsync(context);
                break;
            case BigQueryFault.Truncated:
                await FaultAnswer.TruncateAsync(context, answer);
                break;
            case BigQueryFault.Slow:
                await Task.Delay(_plan.DelayOf(call.Number), context.RequestAborted);
                goto default;
            default:
                await FaultAnswer.WriteAsync(context, answer);
                break;
        }
    }

    // Not ended with the caller: what BigQuery was sent takes effect, and must be known here.
    private async Task<Answer> SendAsync(HttpRequest request, Call call)
    {
        using var forward = new HttpRequestMessage(new HttpMethod(request.Method), $"{request.Path}{request.QueryString}");
        if (call.Body.Length > 0)
        {
            forward.Content = new ByteArrayContent(call.Body);
            forward.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
            forward.Content.Headers.TryAddWithoutValidation("Content-Encoding", request.Headers.ContentEncoding.ToArray());
        }

        using var answer = await _http.SendAsync(forward, CancellationToken.None);
        return new Answer((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString() ?? "", await answer.Content.ReadAsByteArrayAsync(CancellationToken.None));
    }

    private void TakeDown(Call call, Answer answer)
    {
        if (call.Insert is not { } insert || answer.Status != 200)
        {
            return;
        }

        if (!InsertCall.IsWhole(answer.Body))
        {
            _faults.Count("BigQuery: answer with invalid and stopped rows");
            return;
        }

        _insertsByTable.AddOrUpdate(insert.Table, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _effective);
        Interlocked.Add(ref _rows, insert.Events.Count);
        foreach (var index in insert.Events)
        {
            _log.Committed(index, insert.Table);
        }
    }

    private bool IsYoung(string table) => _insertsByTable.TryGetValue(table, out var inserts) && inserts <= YoungInserts;

    private static InsertCall? ParseInsert(HttpRequest request, byte[] body) =>
        request.Path.Value!.Split('/') is [.., "tables", var table, "insertAll"]
            ? InsertCall.Parse(table, body, request.Headers.ContentEncoding.Count > 0)
            : null;

    private sealed record Call(long Number, byte[] Body, InsertCall? Insert);
}
