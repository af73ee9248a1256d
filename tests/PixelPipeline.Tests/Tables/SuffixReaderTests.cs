using PixelPipeline.Tables;

namespace PixelPipeline.Tests.Tables;

public sealed class SuffixReaderTests
{
    [TestCase("_{user_id}_{date:yyyyMMdd}", "_507f_20261120", "507f", "2026-11-20")]
    [TestCase("_{user_id}_{date:yyyyMMdd}", "_a_40b_20261120", "a_40b", "2026-11-20")] // a@b
    [TestCase("_{user_id}_{date:yyyyMMdd}", "__overflow_20261120", null, "2026-11-20")]
    [TestCase("_{user_id}_{date:M_d_yyyy}", "_507f_1_2_2026", "507f", "2026-01-02")]
    [TestCase("_{date:yyyyMM}", "_202611", null, "2026-11-01")]
    [TestCase("_v2_{user_id}", "_v2_alice", "alice", null)]
    public void Suffix_OfThePattern_TellsUserAndDay(string pattern, string suffix, string? user, string? day)
    {
        Assert.That(new SuffixReader(pattern).TryRead(suffix, out var readUser, out var readDay), Is.True);
        Assert.That((readUser, readDay?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo((user, day)));
    }

    [TestCase("_{user_id}_{date:yyyyMMdd}", "")] // the base table
    [TestCase("_{user_id}_{date:yyyyMMdd}", "_507f_20261320")] // month 13
    [TestCase("_{user_id}_{date:yyyyMMdd}", "_507f")]
    [TestCase("_v2_{user_id}", "_v1_alice")]
    public void Suffix_OfAnotherPattern_IsNotRead(string pattern, string suffix) =>
        Assert.That(new SuffixReader(pattern).TryRead(suffix, out _, out _), Is.False);

    [Test]
    public void Suffix_OfAnyRow_IsReadBack()
    {
        var schema = Some.ShippedSchema();
        var row = Some.Row();
        var suffix = new TableLayout.Template("pixel", SuffixPattern.Parse(SuffixPattern.Default, schema)).TableOf(row).Suffix;
        Assert.That(new SuffixReader(SuffixPattern.Default).TryRead(suffix, out var user, out var day), Is.True);
        Assert.That((user, day), Is.EqualTo((SuffixValue.Of((string)row["user_id"]!), DateOnly.FromDateTime(row.EventTime))));
    }
}
