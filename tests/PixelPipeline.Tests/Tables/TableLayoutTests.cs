using PixelPipeline.Tables;

namespace PixelPipeline.Tests.Tables;

public sealed class TableLayoutTests
{
    [Test]
    public void Partitioned_AnyRow_GoesToTheOneTable()
    {
        var layout = new TableLayout.Partitioned("pixel");
        Assert.That((layout.TableOf(Some.Row()).Id, layout.OverflowOf(DateTime.UnixEpoch).Id), Is.EqualTo(("pixel", "pixel")));
    }

    [Test]
    public void RejectedTable_Name_IsOutsideTheWildcard() =>
        Assert.That(Some.Layout(Some.ShippedSchema()).RejectedTable.Id, Is.EqualTo("rejected_pixel"));

    [Test]
    public void Template_RowsOfTwoDaysInTurn_KeepTheirDays()
    {
        var layout = Some.Layout(Some.ShippedSchema());
        string[] days = ["_20260105", "_20260106", "_20260105"];
        Assert.That(days.Select(d => layout.OverflowOf(DateTime.ParseExact(d, "_yyyyMMdd", null)).Suffix), Is.EqualTo(days.Select(d => "__overflow" + d)));
    }
}
