using System.Diagnostics;
using System.Net;
using PixelPipeline.Cli.Targets;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace PixelPipeline.Cli.Producing;

/// <summary>Sends events, again with growing pauses where that may help, and never for ever. Safe for concurrent use.</summary>
internal sealed class EventSender : IDisposable
{
    private const int MaxRetries = 3;

    private readonly EventTarget _target;
    private readonly FieldCheck? _check;
    private readonly ProduceStatistics _statistics;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ResiliencePipeline<TargetAnswer> _attempts;

    /// <summary>A sender with its own connections, which are reused from event to event.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="timeout">The longest that one attempt takes.</param>
    /// <param name="check">An event that it finds wrong is not sent; null to send all.</param>
    /// <param name="statistics">Is told of every event.</param>
    /// <param name="time">What pauses between attempts, and their timeouts, go by.</param>
    public EventSender(EventTarget target, TimeSpan timeout, FieldCheck? check, ProduceStatistics statistics, TimeProvider time)
    {
        _target = target;
        _check = check;
        _statistics = statistics;
        _attempts = new ResiliencePipelineBuilder<TargetAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<TargetAnswer>
            {
                MaxRetryAttempts = MaxRetries,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = a => ValueTask.FromResult(a.Outcome.Exception is { } e ? IsFailure(e) : a.Outcome.Result.IsTransient),
                OnRetry = _ =>
                {
                    statistics.Retried();
                    return ValueTask.CompletedTask;
                },
            })
            .AddTimeout(timeout)
            .Build();
    }

    /// <summary>Sends events to a pixel one by one, to a collector together; one that a collector refuses costs the others nothing.</summary>
    public async Task SendAsync(IReadOnlyList<ProducedEvent> events)
    {
        if (events.Count > 1 && (!_target.IsCollector || await SendOnceAsync(events) == HttpStatusCode.BadRequest))
        {
            foreach (var produced in events)
            {
                await SendAsync([produced]);
            }
        }
        else if (events.Count == 1)
        {
            if (_check?.ErrorIn(events[0].Fields) is { } error)
            {
                _statistics.Failed(events, error.Field is null ? $"not sent: {error.Message}" : $"not sent: {error.Field} {error.Message}");
            }
            else
            {
                await SendOnceAsync(events);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The last answer; null where there was none. What is to be split is not counted yet.</summary>
    private async Task<HttpStatusCode?> SendOnceAsync(IReadOnlyList<ProducedEvent> events)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var answer = await _attempts.ExecuteAsync(async token => await AttemptAsync(events, token));
            if (answer.IsTaken)
            {
                _statistics.Sent(events.Count, Stopwatch.GetElapsedTime(start));
            }
            else if (events.Count == 1 || answer.Status != HttpStatusCode.BadRequest)
            {
                _statistics.Failed(events, answer.ToText(_target.Address));
            }

            return answer.Status;
        }
        catch (Exception e) when (IsFailure(e))
        {
            _statistics.Failed(events, TargetAnswer.Missing(_target.Address, e));
            return null;
        }
    }

    private async Task<TargetAnswer> AttemptAsync(IReadOnlyList<ProducedEvent> events, CancellationToken cancellationToken)
    {
        using var request = _target.ToRequest(events);
        using var answer = await _http.SendAsync(request, cancellationToken);
        return await TargetAnswer.ReadAsync(answer, cancellationToken);
    }

    private static bool IsFailure(Exception e) => e is HttpRequestException or TimeoutRejectedException or IOException;
}
