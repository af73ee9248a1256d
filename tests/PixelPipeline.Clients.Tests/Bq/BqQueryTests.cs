namespace PixelPipeline.Clients.Tests.Bq;

/// <summary><c>bq</c> on queries and their jobs.</summary>
internal sealed class BqQueryTests
{
    private const string Union = "SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 ORDER BY n";

    [Test]
    public async Task Query_WithParameters_GivesTheRows()
    {
        var bq = await BqClient.OnSharedPipelineAsync();

        var rows = await bq.JsonAsync(
            "query", "--nouse_legacy_sql", "--parameter=type:STRING:click", "SELECT COUNT(*) AS hits FROM `pixels.pixel_*` WHERE type = @type");

        Assert.That(rows.AsArray().Select(r => (string?)r!["hits"]), Is.EqualTo(new[] { "3" }));
    }

    [Test]
    public async Task Query_OfMoreThanAPage_GivesAllRowsInOrder()
    {
        var bq = await BqClient.OnSharedPipelineAsync();

        var rows = await bq.JsonAsync("--max_rows_per_request=2", "query", "--nouse_legacy_sql", Union);

        Assert.That(rows.AsArray().Select(r => (string?)r!["n"]), Is.EqualTo(new[] { "1", "2", "3", "4", "5" }));
    }

    [Test]
    public async Task Job_OfAQuery_IsShownAndListed()
    {
        var bq = await BqClient.OnSharedPipelineAsync();
        (await bq.RunAsync("--job_id=bq_shown_job", "query", "--nouse_legacy_sql", "SELECT 1 AS one")).Succeeded();

        var job = bq.JsonAsync("show", "--job", "bq_shown_job");
        var list = bq.JsonAsync("ls", "--jobs", "--all", "--max_results=1000");

        Assert.That((string?)(await job)["status"]!["state"], Is.EqualTo("DONE"));
        Assert.That((string?)(await job)["configuration"]!["query"]!["query"], Is.EqualTo("SELECT 1 AS one"));
        Assert.That((await list).AsArray().Select(j => (string?)j!["jobReference"]!["jobId"]), Does.Contain("bq_shown_job"));
    }

    [Test]
    public async Task Query_ThatCannotRun_SaysWhyAndWhere()
    {
        var bq = await BqClient.OnSharedPipelineAsync();

        var said = (await bq.RunAsync("query", "--nouse_legacy_sql", "SELECT FROM pixels.events")).Failed();

        Assert.That(said, Does.Contain("Unexpected keyword FROM at [1:8]"));
    }
}
