using System.Runtime.CompilerServices;

namespace PixelPipeline.Cli.Doctor;

/// <summary>Follows a hit from hop to hop, up to the first that is broken.</summary>
internal sealed class Examination
{
    private readonly TimeSpan _patience;
    private readonly TimeSpan _pause;
    private readonly TimeProvider _time;

    /// <summary>An examination that looks at each hop again until the hit is there or the time is up.</summary>
    /// <param name="patience">How long after its sending the hit is waited for. Each hop is looked at once at least.</param>
    /// <param name="pause">Between two looks at a hop.</param>
    /// <param name="time">Measures both.</param>
    public Examination(TimeSpan patience, TimeSpan pause, TimeProvider time)
    {
        _patience = patience;
        _pause = pause;
        _time = time;
    }

    /// <summary>Reports on each hop as soon as it is known.</summary>
    public async IAsyncEnumerable<HopReport> RunAsync(IEnumerable<Hop> hops, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var isBroken = false;
        foreach (var hop in hops)
        {
            if (isBroken)
            {
                yield return new HopReport(hop.Name, HopState.NotReached, null, "not reached", null);
                continue;
            }

            var finding = await SettleAsync(hop, started, cancellationToken);
            var elapsed = _time.GetElapsedTime(started);
            isBroken = finding is Finding.Broken;
            yield return finding is Finding.Broken broken
                ? new HopReport(hop.Name, HopState.Broken, elapsed, broken.Cause, broken.Remedy)
                : new HopReport(hop.Name, HopState.Passed, elapsed, ((Finding.Passed)finding).Detail, null);
        }
    }

    private async Task<Finding> SettleAsync(Hop hop, long started, CancellationToken cancellationToken)
    {
        while (true)
        {
            var finding = await hop.LookAsync(cancellationToken);
            if (finding is not Finding.NotYet waiting)
            {
                return finding;
            }

            if (_time.GetElapsedTime(started) >= _patience)
            {
                return await waiting.ExplainAsync(cancellationToken);
            }

            await Task.Delay(_pause, _time, cancellationToken);
        }
    }
}
