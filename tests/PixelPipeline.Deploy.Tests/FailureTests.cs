using System.Collections.Concurrent;
using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

/// <summary>
/// Each kind of command of a run fails once, and the next run goes on from what is left. To the script a command that
/// failed before it took effect and one that failed after it are the same; and before is the state that the command in
/// front left. So those that change something fail after they took effect, in a chain of runs, each from where the one
/// before broke off; those that only look fail in a run of their own. Every command, which takes several times as long:
/// <c>DEPLOY_FAILURES=every</c>.
/// </summary>
[Parallelizable(ParallelScope.All)]
public class FailureTests
{
    private const string Broken = "INTERNAL: the connection was lost";
    private const int MostRuns = 1_000;

    private static readonly Func<Call, string> KindOf = Environment.GetEnvironmentVariable("DEPLOY_FAILURES") == "every" ? call => call.ToString() : FormOf;

    // Unbounded, the pool takes threads that wait for scripts as too few, and starts ever more of both.
    private static readonly ParallelOptions OneForEachCore = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    [Test]
    public void Up_AnyKindOfChangeFailsOnce_NextRunsEndInTheSameState()
    {
        var clean = Run(new CloudState(), d => d.Up());

        Assert.That(FailEachKindOfChange(clean, d => d.Up()), Is.EqualTo(clean.End.Describe()));
    }

    [Test]
    public void Down_AnyKindOfChangeFailsOnce_NextRunsLeaveNothing()
    {
        var clean = Run(There(), d => d.Down("--data"));

        Assert.That(FailEachKindOfChange(clean, d => d.Down("--data")), Is.EqualTo(clean.End.Describe()));
    }

    [Test]
    public void Up_AnyKindOfLookFails_EndsAndSaysWhy() => FailEachKindOfLook(new CloudState(), d => d.Up());

    [Test]
    public void Down_AnyKindOfLookFails_EndsAndSaysWhy() => FailEachKindOfLook(There(), d => d.Down("--data"));

    private static CloudState There()
    {
        using var deployment = Deployment.AfterUp(Settings.All);
        return deployment.Cloud;
    }

    private static CleanRun Run(CloudState start, Func<Deployment, Outcome> run)
    {
        using var deployment = NewDeployment(new CloudState(start));
        var outcome = run(deployment);
        Assert.That(outcome.Code, Is.Zero, outcome.All);
        return new CleanRun(start, deployment.Cloud, deployment.Cloud.Calls);
    }

    private static Deployment NewDeployment(CloudState cloud)
    {
        var deployment = new Deployment(cloud);
        deployment.WriteSettings(Settings.All);
        return deployment;
    }

    /// <summary>The state in which the first run ends that nothing fails any more.</summary>
    private static string FailEachKindOfChange(CleanRun clean, Func<Deployment, Outcome> run)
    {
        var failed = new HashSet<string>();
        var cloud = new CloudState(clean.Start);
        for (var runs = 0; runs < MostRuns; runs++)
        {
            Call? broken = null;
            cloud = new CloudState(cloud)
            {
                FailAfter = call =>
                {
                    broken ??= !call.Looks && failed.Add(KindOf(call)) ? call : null;
                    return ReferenceEquals(broken, call) ? Broken : null;
                },
            };
            using var deployment = NewDeployment(cloud);
            var outcome = run(deployment);
            if (broken is null)
            {
                Assert.That(outcome.Code, Is.Zero, outcome.All);
                Assert.That(clean.Calls.Where(c => !c.Looks).Select(KindOf).Except(failed), Is.Empty, "never failed");
                return cloud.Describe();
            }

            Assert.That(Complaint(outcome), Is.Null, $"after {broken}");
        }

        throw new InvalidOperationException($"No end after {MostRuns} runs.");
    }

    private static void FailEachKindOfLook(CloudState start, Func<Deployment, Outcome> run)
    {
        var calls = Run(start, run).Calls;
        var firstOfItsKind = Enumerable.Range(0, calls.Count).Where(i => calls[i].Looks).DistinctBy(i => KindOf(calls[i])).ToList();
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(firstOfItsKind, OneForEachCore, step =>
        {
            var cloud = new CloudState(start);
            cloud.FailBefore = _ => cloud.Calls.Count == step + 1 ? Broken : null;
            using var deployment = NewDeployment(cloud);
            if (Complaint(run(deployment)) is { } complaint)
            {
                wrong.Add($"{calls[step]}: {complaint}");
            }
        });
        Assert.That(firstOfItsKind, Has.Count.GreaterThan(15));
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>The command with its options and what it asks for, without the names of what it is about.</summary>
    private static string FormOf(Call call) => string.Join(' ', call.Words.Prepend(call.Tool).Select(word =>
        word.StartsWith("--format", StringComparison.Ordinal) ? word
        : word.StartsWith('-') ? word.Split('=')[0]
        : word.All(c => c is '-' or (>= 'a' and <= 'z')) && !word.Contains("pixel", StringComparison.Ordinal) ? word : ""));

    private static string? Complaint(Outcome outcome) =>
        outcome.Code == 0 ? "went on"
        : outcome.Errors.Contains(Broken, StringComparison.Ordinal) ? null : $"did not say why: {outcome.All}";

    private sealed record CleanRun(CloudState Start, CloudState End, List<Call> Calls);
}
