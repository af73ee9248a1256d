using System.Globalization;

namespace PixelPipeline.LocalBigQuery.Tests.Sql.Reference;

/// <summary>
/// The engine beside Google's reference implementation. What disagrees is written, a line each, into
/// <c>reference-disagreements.txt</c> in the test run's folder.
/// </summary>
internal sealed class ReferenceTests
{
    // Raise it with each step forward; it never goes down.
    private const double LeastAgreement = 0.995;

    // Of the cases that were made by chance every seventh, or all.
    [TestCase(7)]
    [TestCase(1, Explicit = true)]
    public void Engine_OnRecordedCases_AgreesWithTheReference(int everyOf)
    {
        using var fixture = SampleEvents.Create();
        var answers = ReferenceCase.All().Where((c, i) => i % everyOf == 0 || !c.Family.StartsWith("fuzz", StringComparison.Ordinal)).Select(c => (Case: c, Answer: ReferenceAnswer.Of(fixture, c))).ToList();
        var open = answers.Where(a => a.Answer.Verdict != Verdict.Agrees).ToList();
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "reference-disagreements.txt");
        File.WriteAllLines(path, open.Select(a =>
            $"{a.Answer.Verdict}\t{a.Case.Family}\t{a.Case.Query}\t{(a.Case.Rows is null ? "error" : string.Join(',', a.Case.Types) + " " + a.Case.Rows.ToJsonString())}\t{a.Answer.Text}{(a.Case.ServiceDiffers ? $"\t({a.Case.Note})" : "")}".ReplaceLineEndings(" ")));
        Print(answers);
        var sure = answers.Where(a => !a.Case.IsDoubtful && !a.Case.ServiceDiffers).ToList();
        var share = (double)sure.Count(a => a.Answer.Verdict == Verdict.Agrees) / sure.Count;
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"agreement {share:P3} of {sure.Count}; what disagrees: {path}"));

        Assert.Multiple(() =>
        {
            Assert.That(open.Where(a => a.Answer.Verdict == Verdict.Broken).Select(a => $"{a.Case.Query[^Math.Min(200, a.Case.Query.Length)..]}: {a.Answer.Text.Split('\n')[0]}"), Is.Empty);
            Assert.That(share, Is.GreaterThanOrEqualTo(LeastAgreement));
        });
    }

    private static void Print(List<(ReferenceCase Case, ReferenceAnswer Answer)> answers)
    {
        foreach (var family in answers.GroupBy(a => a.Case.Family).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var others = family.Where(a => a.Answer.Verdict != Verdict.Agrees).GroupBy(a => a.Answer.Verdict).Select(g => $"{g.Count()} {g.Key}");
            TestContext.Out.WriteLine($"{family.Key,-24} {family.Count(a => a.Answer.Verdict == Verdict.Agrees),5} of {family.Count(),5}  {string.Join(", ", others)}");
        }
    }
}
