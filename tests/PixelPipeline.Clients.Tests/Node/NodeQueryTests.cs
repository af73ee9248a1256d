namespace PixelPipeline.Clients.Tests.Node;

/// <summary>The Node client on queries and their jobs.</summary>
internal sealed class NodeQueryTests
{
    private const string FiveRows = "SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 ORDER BY n";

    [Test]
    public async Task Query_WithParameters_GivesTypedRows()
    {
        var result = await NodeClient.EvaluateAsync("""
            const [named] = await bigquery.query({ query: 'SELECT COUNT(*) AS hits FROM `pixels.pixel_*` WHERE type = @type', params: { type: 'click' } });
            const [positional] = await bigquery.query({ query: 'SELECT ? + 1 AS next, DATE "2026-01-02" AS day, 7 / 2 AS half', params: [1] });
            return [named, positional];
            """);

        Assert.That(result!.ToJsonString(), Is.EqualTo("""[[{"hits":3}],[{"next":2,"day":{"value":"2026-01-02"},"half":3.5}]]"""));
    }

    [Test]
    public async Task Job_OfAQuery_IsShownListedAndPagedThrough()
    {
        var result = await NodeClient.EvaluateAsync($$"""
            const [job] = await bigquery.createQueryJob({ query: '{{FiveRows}}' });
            const [first, more] = await job.getQueryResults({ maxResults: 2, autoPaginate: false });
            const [second] = await job.getQueryResults(more);
            const [all] = await job.getQueryResults();
            const [metadata] = await bigquery.job(job.id, { location: job.location }).getMetadata();
            const [jobs] = await bigquery.getJobs();
            return [...[first, second, all].map(rows => rows.map(row => row.n)), metadata.status.state, jobs.some(j => j.id === job.id)];
            """);

        Assert.That(result!.ToJsonString(), Is.EqualTo("""[[1,2],[3,4],[1,2,3,4,5],"DONE",true]"""));
    }

    [TestCase("SELECT FROM pixels.events", 400, "invalidQuery", "Syntax error: Unexpected keyword FROM at [1:8]")]
    [TestCase("SELECT * FROM pixels.nope", 404, "notFound", "Not found: Table local:pixels.nope")]
    public async Task Query_ThatCannotRun_FailsInBigQuerysShape(string sql, int code, string reason, string message)
    {
        var error = await NodeClient.EvaluateAsync($$"""
            const e = await failure(() => bigquery.query('{{sql}}'));
            return { code: e.code, reason: e.errors[0].reason, message: e.message };
            """);

        Assert.That(((int)error!["code"]!, (string)error["reason"]!), Is.EqualTo((code, reason)));
        Assert.That((string?)error["message"], Does.StartWith(message));
    }
}
