using PixelPipeline.Dashboard.Hosting;

namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>A pipeline that is as the test says and remembers what it was told to do.</summary>
internal sealed class RecordingHost : IPipelineHost
{
    public PipelineState State { get; set; } = new(Waiting: 7, DeadLetters: 1, Ignored: 25, Lately: TimeSpan.FromMinutes(10));

    public List<string> Done { get; } = [];

    /// <summary>What everything that it is told to do throws.</summary>
    public PipelineHostException? Failure { get; set; }

    public Task<PipelineState> LookAsync(CancellationToken cancellationToken) => Task.FromResult(State);

    public Task<IReadOnlyList<HopCheck>> ExamineAsync(CancellationToken cancellationToken) => DoAsync<IReadOnlyList<HopCheck>>(
        "examine",
        [new("pixel", true, TimeSpan.FromMilliseconds(3), "200", null), new("function", false, TimeSpan.FromMilliseconds(9), "nothing <b>listens", "./pixel up"), new("row", null, null, "not reached", null)]);

    public Task<ReplayResult> ReplayAsync(string? reason, CancellationToken cancellationToken) => DoAsync($"replay {reason}", new ReplayResult(Events: 12, Rejected: 3));

    private Task<T> DoAsync<T>(string what, T result)
    {
        Done.Add(what);
        return Failure is null ? Task.FromResult(result) : throw Failure;
    }
}
