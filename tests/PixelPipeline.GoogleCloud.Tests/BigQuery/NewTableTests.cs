using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.GoogleCloud.Tests.ClientContract;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>How tables become known, and how fast and how many new ones are made.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NewTableTests
{
    private const string Found = """{"tableReference":{"projectId":"local","datasetId":"pixels","tableId":"t"}}""";

    [Test]
    public async Task Admit_TableWithoutSuffix_AsksNothing()
    {
        await using var test = new WriterUnderTest(Answer.Error(500, "internalError"));
        var table = new TableName("pixel");

        Assert.That(await AdmitAsync(test, table), Is.EqualTo(table));
        Assert.That(test.Server.Requests, Is.Empty);
    }

    [Test]
    public async Task Admit_TableThatIsThere_IsAskedForOnceAndIsNotNew()
    {
        await using var test = new WriterUnderTest(_ => Answer.Json(200, Found), new NewTableLimits(10, 0));
        for (var i = 0; i < 3; i++)
        {
            Assert.That(await AdmitAsync(test, WriterUnderTest.Table), Is.EqualTo(WriterUnderTest.Table));
        }

        Assert.That(test.Server.Requests.Single().Target, Does.Contain("/datasets/pixels/tables/pixel_a_20261120"));
    }

    [Test]
    public async Task Admit_ManyMessagesForOneNewTable_MakeOneQuestionAndOneTable()
    {
        var ready = new TaskCompletionSource();
        await using var test = new WriterUnderTest(_ => Answer.Error(404, "notFound").After(ready.Task), new NewTableLimits(10, 1));
        var admissions = Enumerable.Range(0, 100).Select(_ => AdmitAsync(test, WriterUnderTest.Table)).ToList();
        ready.SetResult();

        Assert.That(await Task.WhenAll(admissions), Is.All.EqualTo(WriterUnderTest.Table));
        Assert.That(test.Server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Admit_NewTables_AreSpacedByTheQuota()
    {
        await using var test = new WriterUnderTest(_ => Answer.Error(404, "notFound"), new NewTableLimits(2, 1000));
        for (var i = 0; i < 5; i++)
        {
            await AdmitAsync(test, New(i));
        }

        Assert.That(test.Time.TotalPause, Is.EqualTo(TimeSpan.FromSeconds(2)), "the first at once, then one each half second");
    }

    [Test]
    public async Task Admit_BudgetSpent_LeadsToTheDaysOverflowTable()
    {
        await using var test = new WriterUnderTest(_ => Answer.Error(404, "notFound"), new NewTableLimits(10, 2));
        var admitted = new List<TableName>();
        for (var i = 0; i < 50; i++)
        {
            admitted.Add(await AdmitAsync(test, New(i)));
        }

        Assert.That(admitted.Take(2), Is.EqualTo(new[] { New(0), New(1) }));
        Assert.That(admitted.Skip(2).Distinct().Single(), Is.EqualTo(test.Layout.OverflowOf(WriterUnderTest.Day)));
        Assert.That(test.Log.Lines.Single().Message, Does.Contain("NewTablesPerDay"), "one warning a minute");
    }

    [Test]
    public async Task Admit_BudgetSpent_AsksForARefusedTableOnceOnly()
    {
        await using var test = new WriterUnderTest(_ => Answer.Error(404, "notFound"), new NewTableLimits(10, 0));
        for (var i = 0; i < 50; i++)
        {
            await AdmitAsync(test, New(1));
        }

        Assert.That(test.Server.Requests, Has.Count.EqualTo(2), "the table and the overflow table");
    }

    [Test]
    public async Task Admit_NextDay_HasABudgetAgain()
    {
        await using var test = new WriterUnderTest(_ => Answer.Error(404, "notFound"), new NewTableLimits(10, 1));
        await AdmitAsync(test, New(0));
        Assert.That(await AdmitAsync(test, New(1)), Is.Not.EqualTo(New(1)));
        test.Time.Advance(TimeSpan.FromHours(12.9)); // 00:06 UTC

        Assert.That(await AdmitAsync(test, New(1)), Is.EqualTo(New(1)));
    }

    [Test]
    public async Task Admit_QuestionFails_IsNoAdmissionAndTakesNoBudget()
    {
        var failing = true;
        await using var test = new WriterUnderTest(
            _ => failing ? Answer.Error(403, "accessDenied") : Answer.Error(404, "notFound"), new NewTableLimits(10, 1));
        Assert.That(() => AdmitAsync(test, New(0)), Throws.TypeOf<RowNotCommittedException>());
        Assert.That(test.Log.Lines.Single().Message, Does.Contain("BigQuery Data Editor"));
        failing = false;

        Assert.That(await AdmitAsync(test, New(0)), Is.EqualTo(New(0)));
    }

    [Test]
    public async Task Admit_EmptyAnswer_IsAskedAgain()
    {
        await using var test = new WriterUnderTest(Answer.Json(200, ""), Answer.Error(404, "notFound"));
        await AdmitAsync(test, New(0));

        Assert.That(test.Server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Admit_BigQueryHangs_IsRefusedAndDoesNotPileUp()
    {
        await using var test = new WriterUnderTest(Answer.Never);
        var admissions = Enumerable.Range(0, 1000).Select(i => AdmitAsync(test, New(i))).ToList();
        await Eventually.IsTrueAsync(() => test.Server.Requests.Count == 8, "as many questions as may be asked at once");

        // Five seconds in line, and five more for those who get a place at the last moment.
        await Eventually.IsTrueAsync(
            () =>
            {
                test.Time.Advance(TimeSpan.FromSeconds(5));
                return admissions.TrueForAll(a => a.IsCompleted);
            },
            "each is refused");
        Assert.That(admissions.ConvertAll(a => a.Exception?.InnerException), Is.All.TypeOf<RowNotCommittedException>());
    }

    [Test]
    public async Task Admit_Cancelled_LeavesTheQuestionToTheOthers()
    {
        var ready = new TaskCompletionSource();
        await using var test = new WriterUnderTest(_ => Answer.Json(200, Found).After(ready.Task));
        using var cancel = new CancellationTokenSource();
        var first = test.Writer.AdmitAsync(New(0), WriterUnderTest.Day, cancel.Token).AsTask();
        var second = AdmitAsync(test, New(0));
        await cancel.CancelAsync();
        ready.SetResult();

        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await second, Is.EqualTo(New(0)));
    }

    private static TableName New(int user) => new("pixel", $"_u{user}_20261120");

    private static Task<TableName> AdmitAsync(WriterUnderTest test, TableName table) =>
        test.Writer.AdmitAsync(table, WriterUnderTest.Day, CancellationToken.None).AsTask();
}
