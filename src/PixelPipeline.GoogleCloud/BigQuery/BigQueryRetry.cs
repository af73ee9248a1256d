using Newtonsoft.Json;
using PixelPipeline.Writing;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// The one rule for trying BigQuery calls again: transient failures until the deadline, a missing table for 30 s, with
/// pauses that grow and vary, and never before the server's <c>Retry-After</c>.
/// </summary>
internal sealed class BigQueryRetry
{
    /// <summary>
    /// What an insert may take: shorter than the ack deadline of 60 s, so that a message is answered before it is
    /// delivered again.
    /// </summary>
    internal static readonly TimeSpan InsertLimit = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan InsertAttemptLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan TableMissingLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly ResiliencePropertyKey<RetriedCall> CallKey = new("call");

    private readonly ResiliencePipeline _pipeline;
    private readonly TimeProvider _time;

    /// <summary>Retries within the limits above, for one kind of call.</summary>
    /// <param name="meter">Is told of retries.</param>
    /// <param name="time">Times pauses and deadlines.</param>
    /// <param name="attemptLimit">What one attempt may take; unless given, what suits an insert.</param>
    public BigQueryRetry(PipelineMeter meter, TimeProvider time, TimeSpan? attemptLimit = null)
    {
        _time = time;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = args => ValueTask.FromResult(TimeLeft(CallOf(args.Context).Deadline)) })
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue, // the deadline ends it
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(8),
                ShouldHandle = args => ValueTask.FromResult(ShouldRetry(args.Outcome.Exception, args.Context)),
                DelayGenerator = args => ValueTask.FromResult(CallOf(args.Context).RetryAfter.Take()),
                OnRetry = _ =>
                {
                    meter.RecordRetry();
                    return default;
                },
            })
            .AddTimeout(attemptLimit ?? InsertAttemptLimit)
            .Build();
    }

    /// <summary>A deadline that starts now.</summary>
    public RetryDeadline StartDeadline(TimeSpan limit) => new(_time, limit);

    /// <summary>Calls until it succeeds, fails for good, or the time is over.</summary>
    /// <exception cref="Exception">What the last attempt threw; <see cref="TimeoutRejectedException"/> where the deadline cut it short.</exception>
    public async Task<T> ExecuteAsync<T>(RetryDeadline deadline, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (deadline.Remaining <= TimeSpan.Zero)
        {
            throw new TimeoutRejectedException("No time was left for the call.");
        }

        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        var state = new RetriedCall(deadline, new RetryAfterNote(_time));
        context.Properties.Set(CallKey, state);
        try
        {
            return await _pipeline.ExecuteAsync(async c => await CallAsync(state, call, c.CancellationToken), context);
        }
        catch (TimeoutRejectedException e) when (state.LastFailure is { } last)
        {
            throw new TimeoutRejectedException(FormattableString.Invariant($"Gave up after {deadline.Elapsed.TotalSeconds:N0} s: {last.Message}"), e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async Task<T> CallAsync<T>(RetriedCall state, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await RetryAfterRecorder.ObserveAsync(state.RetryAfter, () => call(cancellationToken));
        }
        catch (Exception e) when (e is ArgumentNullException or JsonException or System.Text.Json.JsonException)
        {
            // How the client tells of an empty answer, and either of JSON that is no answer.
            throw new UnreadableAnswerException(e);
        }
    }

    private static bool ShouldRetry(Exception? exception, ResilienceContext context)
    {
        var call = CallOf(context);
        if (exception is null || context.CancellationToken.IsCancellationRequested || call.Deadline.Remaining <= TimeSpan.Zero)
        {
            return false;
        }

        call.LastFailure = exception;
        return BigQueryFailure.Classify(exception) switch
        {
            FailureKind.Transient => !(call.RetryAfter.Delay >= call.Deadline.Remaining), // no use in waiting for nothing
            FailureKind.TableMissing => call.Deadline.Elapsed < TableMissingLimit,
            _ => false,
        };
    }

    // Nothing, or less, would mean no time-out at all.
    private static TimeSpan TimeLeft(RetryDeadline deadline) =>
        deadline.Remaining is var remaining && remaining > ShortestTimeout ? remaining : ShortestTimeout;

    private static RetriedCall CallOf(ResilienceContext context) =>
        context.Properties.TryGetValue(CallKey, out var call) ? call : throw new InvalidOperationException("No call under way.");

    private sealed record RetriedCall(RetryDeadline Deadline, RetryAfterNote RetryAfter)
    {
        public Exception? LastFailure { get; set; }
    }
}
