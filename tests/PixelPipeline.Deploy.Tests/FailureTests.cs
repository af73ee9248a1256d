using System.Collections.Concurrent;
using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

/// <summary>
/// Each command of a run fails once, before it took effect and after; the next run has to come to the same end. Many
/// failures leave the same state behind: the next run from there is tried once.
/// </summary>
[Parallelizable(ParallelScope.All)]
public class FailureTests
{
    private const string Broken = "INTERNAL: the connection was lost";

    // Unbounded, the pool takes threads that wait for scripts as too few, and starts ever more of both.
    private static readonly ParallelOptions OneForEachCore = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    [Test]
    public void Up_AnyCommandFailsOnce_NextRunEndsInTheSameState()
    {
        var (start, end, calls) = CleanRun(new CloudState(), d => d.Up());

        Assert.That(FailEachStep(calls, start, end.Describe(), d => d.Up()), Is.Empty);
    }

    [Test]
    public void Down_AnyCommandFailsOnce_NextRunLeavesNothing()
    {
        var (_, there, _) = CleanRun(new CloudState(), d => d.Up());
        var (start, end, calls) = CleanRun(there, d => d.Down("--data"));

        Assert.That(FailEachStep(calls, start, end.Describe(), d => d.Down("--data")), Is.Empty);
    }

    private static (CloudState Start, CloudState End, List<Call> Calls) CleanRun(CloudState start, Func<Deployment, Outcome> run)
    {
        using var deployment = NewDeployment(start);
        var outcome = run(deployment);
        Assert.That(outcome.Code, Is.Zero, outcome.All);
        return (start, deployment.Cloud, deployment.Cloud.Calls);
    }

    private static Deployment NewDeployment(CloudState start)
    {
        var deployment = new Deployment(new CloudState(start)) { WithoutProcesses = true };
        deployment.WriteSettings(Settings.All);
        return deployment;
    }

    private static List<string> FailEachStep(List<Call> calls, CloudState start, string expected, Func<Deployment, Outcome> run)
    {
        var failures = Enumerable.Range(0, calls.Count)
            .SelectMany(step => calls[step].Looks ? [(step, false)] : new[] { (step, false), (step, true) });
        var nextRuns = new ConcurrentDictionary<string, Lazy<string?>>();
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(failures, OneForEachCore, failure =>
        {
            var (step, afterItTookEffect) = failure;
            using var deployment = NewDeployment(start);
            FailAt(deployment.Cloud, step, afterItTookEffect);
            var complaint = Judge(run(deployment)) ?? nextRuns
                .GetOrAdd(deployment.Cloud.Describe(), _ => new(() => NextRun(deployment.Cloud, expected, run))).Value;
            if (complaint is not null)
            {
                wrong.Add($"{(afterItTookEffect ? "after" : "before")} {calls[step]}: {complaint}");
            }
        });
        return [.. wrong];
    }

    private static void FailAt(CloudState cloud, int step, bool afterItTookEffect)
    {
        string? Fail(Call _) => cloud.Calls.Count == step + 1 ? Broken : null;
        if (afterItTookEffect)
        {
            cloud.FailAfter = Fail;
        }
        else
        {
            cloud.FailBefore = Fail;
        }
    }

    private static string? Judge(Outcome first) =>
        first.Code == 0 ? "went on"
        : first.Errors.Contains(Broken, StringComparison.Ordinal) ? null : $"did not say why: {first.All}";

    private static string? NextRun(CloudState left, string expected, Func<Deployment, Outcome> run)
    {
        using var deployment = NewDeployment(left);
        var second = run(deployment);
        return second.Code != 0 ? $"the next run failed too: {second.All}"
            : deployment.Cloud.Describe() == expected ? null : "the next run ended in another state";
    }
}
