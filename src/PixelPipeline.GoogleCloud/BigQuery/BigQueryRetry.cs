using PixelPipeline.Writing;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// The one rule for trying BigQuery calls again: transient failures for 45 s, a missing table for 30 s, with pauses
/// that grow and vary, and never before the server's <c>Retry-After</c>. 45 s is shorter than the ack deadline of 60 s,
/// so that a message is answered before it is delivered again.
/// </summary>
internal sealed class BigQueryRetry
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan TableMissingDeadline = TimeSpan.FromSeconds(30);
    private static readonly ResiliencePropertyKey<Call> CallKey = new("call");

    private readonly ResiliencePipeline _pipeline;
    private readonly TimeProvider _time;

    public BigQueryRetry(PipelineMeter meter, TimeProvider time)
    {
        _time = time;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddTimeout(Deadline)
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue, // the deadline ends it
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(8),
                ShouldHandle = args => ValueTask.FromResult(ShouldRetry(args.Outcome.Exception, CallOf(args.Context))),
                DelayGenerator = args => ValueTask.FromResult(CallOf(args.Context).TakeRetryAfter()),
                OnRetry = _ =>
                {
                    meter.RecordRetry();
                    return default;
                },
            })
            .AddTimeout(AttemptTimeout)
            .Build();
    }

    /// <summary>Calls until it succeeds, fails for good, or the deadline is over.</summary>
    /// <exception cref="Exception">What the last attempt threw; <see cref="TimeoutRejectedException"/> where the deadline cut it short.</exception>
    public async Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        var state = new Call(_time.GetTimestamp());
        context.Properties.Set(CallKey, state);
        try
        {
            return await _pipeline.ExecuteAsync(async c => await RetryAfter.ObserveAsync(state.Note, () => call(c.CancellationToken)), context);
        }
        catch (TimeoutRejectedException e) when (state.LastFailure is not null)
        {
            throw new TimeoutRejectedException($"gave up after {Deadline.TotalSeconds:N0} s: {state.LastFailure.Message}", Deadline, e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private bool ShouldRetry(Exception? exception, Call call)
    {
        if (exception is null)
        {
            return false;
        }

        call.LastFailure = exception;
        return InsertFailure.Classify(exception) switch
        {
            FailureKind.Transient => true,
            FailureKind.TableMissing => _time.GetElapsedTime(call.Start) < TableMissingDeadline,
            _ => false,
        };
    }

    private static Call CallOf(ResilienceContext context) =>
        context.Properties.TryGetValue(CallKey, out var call) ? call : throw new InvalidOperationException("No call under way.");

    private sealed class Call(long start)
    {
        public long Start => start;

        public RetryAfter.Note Note { get; } = new();

        public Exception? LastFailure { get; set; }

        /// <summary>The server's wish for the next pause, once; null leaves it to the growing pauses.</summary>
        public TimeSpan? TakeRetryAfter()
        {
            var delay = Note.Delay;
            Note.Delay = null;
            return delay > TimeSpan.Zero ? delay : null;
        }
    }
}
