namespace PixelPipeline.Clients.Tests.Node;

/// <summary>
/// The Node client's <c>table.load</c> of local files. Its uploads fail, inside it, where it has no credentials at all: any
/// will do.
/// </summary>
internal sealed class NodeLoadTests
{
    private const string Write = """
        const fs = require('fs'), os = require('os'), path = require('path');
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pixel-test-'));
        process.on('exit', () => fs.rmSync(folder, { recursive: true }));
        const { OAuth2Client } = require('google-auth-library');
        const authClient = new OAuth2Client();
        authClient.setCredentials({ access_token: 'x' });
        const loading = new BigQuery({ projectId: 'local', authClient });
        const write = (name, rows) => {
          const file = path.join(folder, name);
          fs.writeFileSync(file, rows.map(row => JSON.stringify(row) + '\n').join(''));
          return file;
        };
        """;

    [Test]
    public async Task Load_OfAFile_AddsItsRows()
    {
        var result = await NodeClient.EvaluateAsync(Write + """
            const [dataset] = await loading.createDataset('node_load');
            const [table] = await dataset.createTable('orders', { schema: 'n:INTEGER,text:STRING' });
            const [job] = await table.load(write('rows.json', [{ n: 1, text: 'a' }, { n: '2' }]));
            const large = Array.from({ length: 60000 }, (_, n) => ({ n, text: 'x'.repeat(200) }));
            const [second] = await table.load(write('large.json', large), { writeDisposition: 'WRITE_TRUNCATE' });
            const [metadata] = await table.getMetadata();
            return [job.status.state, job.statistics.load.outputRows, second.statistics.load.outputRows, metadata.numRows];
            """);

        Assert.That(result!.ToJsonString(), Is.EqualTo("""["DONE","2","60000","60000"]"""));
    }

    [Test]
    public async Task Load_OfAMissingTableWithASchema_MakesIt()
    {
        var result = await NodeClient.EvaluateAsync(Write + """
            const [dataset] = await loading.createDataset('node_load_new');
            await dataset.table('made').load(write('rows.json', [{ n: 1 }]), { schema: 'n:INTEGER' });
            return (await dataset.table('made').getRows())[0].map(row => row.n);
            """);

        Assert.That(result!.ToJsonString(), Is.EqualTo("[1]"));
    }

    [Test]
    public async Task Load_OfARowThatDoesNotFit_FailsWithItsErrors()
    {
        var result = await NodeClient.EvaluateAsync(Write + """
            const [dataset] = await loading.createDataset('node_load_bad');
            const [table] = await dataset.createTable('orders', { schema: 'n:INTEGER' });
            const e = await failure(() => table.load(write('rows.json', [{ n: 1 }, { n: 'many' }])));
            return [e.errors.map(error => error.reason), e.message.includes('Value: many (line 2)'), (await table.getRows())[0].length];
            """);

        Assert.That(result!.ToJsonString(), Is.EqualTo("""[["invalid","invalid","invalid"],true,0]"""));
    }

    [Test]
    public async Task Load_WithAJobIdTwice_LoadsOnce()
    {
        var result = await NodeClient.EvaluateAsync(Write + """
            const [dataset] = await loading.createDataset('node_load_once');
            const [table] = await dataset.createTable('orders', { schema: 'n:INTEGER' });
            const file = write('rows.json', [{ n: 1 }]);
            await table.load(file, { jobId: 'node-load-once' });
            const stream = fs.createReadStream(file).pipe(table.createWriteStream({ sourceFormat: 'NEWLINE_DELIMITED_JSON', jobId: 'node-load-once' }));
            const e = await new Promise(resolve => stream.on('error', resolve));
            const [jobs] = await loading.getJobs();
            return [e.code, (await table.getRows())[0].length, jobs.filter(job => job.id === 'node-load-once').length];
            """);

        Assert.That(result!.ToJsonString(), Is.EqualTo("[409,1,1]"));
    }
}
