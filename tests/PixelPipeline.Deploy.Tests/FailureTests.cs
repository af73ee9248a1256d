using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

/// <summary>
/// Each kind of command of a run fails once, and the next run goes on from what is left. To the script a command that
/// failed before it took effect and one that failed after it are the same; and before is the state that the command in
/// front left. So those that change something fail after they took effect, those that only look before they answer, in a
/// chain of runs, each from where the one before broke off. A run goes through a few parts only, from the state that the
/// parts before them left, or most of its time would go into what went well before. Every command, which takes twice as
/// long: <c>DEPLOY_FAILURES=every</c>.
/// </summary>
[Parallelizable(ParallelScope.All)]
public class FailureTests
{
    private const string Broken = "INTERNAL: the connection was lost";
    private const int MostRuns = 1_000;
    private const int PartsOfARun = 6;

    private static readonly Func<Call, string> KindOf = Environment.GetEnvironmentVariable("DEPLOY_FAILURES") == "every" ? call => CloudState.WithoutSerials(call.ToString()) : FormOf;

    [Test]
    public void Up_AnyKindOfCommandFailsOnce_SaysWhyAndNextRunsEndInTheSameState() => FailEachKind(new CloudState(), d => d.Up(), runs => runs);

    [Test]
    public void Down_AnyKindOfCommandFailsOnce_SaysWhyAndNextRunsLeaveNothing() => FailEachKind(There(), d => d.Down("--data"), Enumerable.Reverse);

    [Test]
    public void Up_WholeRunsBreakOffFurtherAndFurther_EndInTheSameState() =>
        Assert.That(BreakOffAfter(10, new CloudState(), d => d.Up(), cloud => cloud.Made.Count), Is.GreaterThan(4));

    [Test]
    public void Down_WholeRunsBreakOffFurtherAndFurther_LeaveNothing() =>
        Assert.That(BreakOffAfter(8, There(), d => d.Down("--data"), cloud => cloud.Calls.Count(c => !c.Looks)), Is.GreaterThan(4));

    private static CloudState There()
    {
        using var deployment = Deployment.AfterUp(Settings.All);
        return deployment.Cloud;
    }

    /// <summary>Goes through the parts a few at a time, and at last through all of them, until there is no kind of command left that has not failed.</summary>
    private static void FailEachKind(CloudState start, Func<Deployment, Outcome> run, Func<IEnumerable<string[]>, IEnumerable<string[]>> inOrder)
    {
        var clean = Clean(start, run);
        var failed = new HashSet<string>();
        var cloud = inOrder(Parts().Chunk(PartsOfARun)).Append([]).Aggregate(start, (before, parts) => FailEachNewKind(failed, before, parts, run));
        Assert.That(cloud.Describe(), Is.EqualTo(clean.Describe()));
        if (NeverFailed().Any())
        {
            // What came of a failure may have been mended by another command than would have come next: from the start, then.
            Assert.That(FailEachNewKind(failed, start, [], run).Describe(), Is.EqualTo(clean.Describe()));
        }

        Assert.That(NeverFailed(), Is.Empty);
        Assert.That(clean.Calls.Where(c => c.Looks).Select(KindOf).Distinct().Count(), Is.GreaterThan(15));
        Assert.That(clean.Calls.Where(c => !c.Looks).Select(KindOf).Distinct().Count(), Is.GreaterThan(15));

        IEnumerable<string> NeverFailed() => clean.Calls.Select(KindOf).Except(failed);
    }

    /// <summary>Runs, over and over, what breaks at the first command of a kind that never failed before; gives the state that a run without one leaves.</summary>
    private static CloudState FailEachNewKind(HashSet<string> failed, CloudState before, string[] parts, Func<Deployment, Outcome> run)
    {
        for (var runs = 0; runs < MostRuns; runs++)
        {
            Call? broken = null;
            before = new CloudState(before) { FailBefore = call => call.Looks ? BreakOnce(call) : null, FailAfter = call => call.Looks ? null : BreakOnce(call) };
            var outcome = Run(before, parts, run);
            if (broken is null)
            {
                Assert.That(outcome.Code, Is.Zero, outcome.All);
                return before;
            }

            Assert.That(Complaint(outcome), Is.Null, $"after {broken}");

            string? BreakOnce(Call call) => (broken ??= failed.Add(KindOf(call)) ? call : null) == call ? Broken : null;
        }

        throw new InvalidOperationException($"No end after {MostRuns} runs.");
    }

    /// <summary>Whole runs, each of which breaks off once it got so far; the last one ends as a clean one does. Gives how many broke off.</summary>
    private static int BreakOffAfter(int steps, CloudState start, Func<Deployment, Outcome> run, Func<CloudState, int> stepsOf)
    {
        var end = Clean(start, run).Describe();
        var cloud = start;
        for (var runs = 0; runs < MostRuns; runs++)
        {
            var next = new CloudState(cloud);
            next.FailAfter = call => !call.Looks && stepsOf(next) >= steps ? Broken : null;
            var outcome = Run(next, [], run);
            if (outcome.Code == 0)
            {
                Assert.That(next.Describe(), Is.EqualTo(end));
                return runs;
            }

            Assert.That(Complaint(outcome), Is.Null);
            cloud = next;
        }

        throw new InvalidOperationException($"No end after {MostRuns} runs.");
    }

    private static CloudState Clean(CloudState start, Func<Deployment, Outcome> run)
    {
        var cloud = new CloudState(start);
        var outcome = Run(cloud, [], run);
        Assert.That(outcome.Code, Is.Zero, outcome.All);
        return cloud;
    }

    private static string[] Parts()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings(Settings.All);
        return deployment.Parts();
    }

    private static Outcome Run(CloudState cloud, string[] parts, Func<Deployment, Outcome> run)
    {
        using var deployment = new Deployment(cloud);
        deployment.WriteSettings(Settings.All);
        if (parts.Length > 0)
        {
            deployment.LimitTo(parts);
        }

        return run(deployment);
    }

    /// <summary>The command with its options and what it asks for, without the names of what it is about.</summary>
    private static string FormOf(Call call) => string.Join(' ', call.Words.Prepend(call.Tool).Select(word =>
        word.StartsWith("--format", StringComparison.Ordinal) ? word
        : word.StartsWith('-') ? word.Split('=')[0]
        : word.All(c => c is '-' or (>= 'a' and <= 'z')) && !word.Contains("pixel", StringComparison.Ordinal) ? word : ""));

    private static string? Complaint(Outcome outcome) =>
        outcome.Code == 0 ? "went on"
        : outcome.Errors.Contains(Broken, StringComparison.Ordinal) ? null : $"did not say why: {outcome.All}";
}
