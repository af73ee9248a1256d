using PixelPipeline.Writing;

namespace PixelPipeline.Tests;

public sealed class SampleEntriesTests
{
    private static readonly PixelProcessor Processor = Some.Processor();

    private static IEnumerable<TestCaseData> Cases => SampleCase.All.Select(c => new TestCaseData(c).SetArgDisplayNames(c.Name));

    [TestCaseSource(nameof(Cases))]
    public void Process_SampleEntry_GivesItsOutcome(object sample)
    {
        var expected = (SampleCase)sample;
        var (outcome, reason, column, table) = Processor.Process(expected.Entry) switch
        {
            EntryOutcome.Written written => ("written", null, null, written.Table.Id),
            EntryOutcome.Ignored ignored => ("ignored", ignored.Reason.ToLabel(), null, null),
            EntryOutcome.Rejected rejected => ("rejected", rejected.Reason.ToLabel(), rejected.Column, null),
            _ => default((string, string?, string?, string?)),
        };
        Assert.That((outcome, reason, column, table), Is.EqualTo((expected.Outcome, expected.Reason, expected.Column, expected.Table)));
    }

    [TestCaseSource(nameof(Cases))]
    public void Process_SampleEntry_FillsTheColumnsOfTheCase(object sample)
    {
        var expected = (SampleCase)sample;
        var row = (Processor.Process(expected.Entry) as EntryOutcome.Written)?.Row;
        Assert.That(expected.Row.Keys.ToDictionary(name => name, name => Text(row?[name])), Is.EqualTo(expected.Row));
    }

    [Test]
    public void Samples_Read_AreMoreThanTwentyWithEveryOutcome()
    {
        Assert.That(SampleCase.All, Has.Count.GreaterThan(20));
        Assert.That(SampleCase.All.Select(c => c.Outcome).Distinct(), Is.EquivalentTo(["written", "ignored", "rejected"]));
    }

    private static string? Text(object? value) => value is DateTime time ? $"{time:yyyy-MM-ddTHH:mm:ss.ffffffZ}" : value?.ToString();
}
