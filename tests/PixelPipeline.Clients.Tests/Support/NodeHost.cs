using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace PixelPipeline.Clients.Tests.Support;

/// <summary>
/// One node process for all that the tests evaluate: to load the client takes longer than most of what it is asked. Each
/// body is a function of its own with a client of its own.
/// </summary>
internal sealed class NodeHost : IAsyncDisposable
{
    // The client reads the variable once, when it is made.
    private const string Script = """
        const { BigQuery } = require('@google-cloud/bigquery');
        const AsyncFunction = (async () => {}).constructor;
        const failure = async call => { try { await call(); } catch (e) { return e; } throw new Error('It did not fail.'); };
        const answer = async ({ id, host, body }) => {
          process.env.BIGQUERY_EMULATOR_HOST = `http://${host}`;
          const evaluate = new AsyncFunction('require', 'BigQuery', 'bigquery', 'failure', body);
          return { id, value: await evaluate(require, BigQuery, new BigQuery({ projectId: 'local' }), failure) };
        };
        require('readline').createInterface({ input: process.stdin }).on('line', async line => {
          const asked = JSON.parse(line);
          console.log(JSON.stringify(await answer(asked).catch(e => ({ id: asked.id, error: String(e.stack) }))));
        });
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _asked = [];
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task _reading;
    private int _last;

    /// <summary>Starts it.</summary>
    /// <param name="modules">Where the client is installed.</param>
    /// <param name="environment">What the client finds besides.</param>
    public NodeHost(string modules, IReadOnlyDictionary<string, string> environment)
    {
        _process = Tool.Node.Start(["-e", Script], environment, modules);
        _errors = _process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    /// <summary>What a body returns whose <c>bigquery</c> asks this host; the test fails where it throws.</summary>
    public async Task<JsonNode?> EvaluateAsync(string host, string body)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _asked[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _writing.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(new JsonObject { ["id"] = id, ["host"] = host, ["body"] = body }.ToJsonString());
            await _process.StandardInput.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }

        if (await Task.WhenAny(answer.Task, _reading).WaitAsync(Patience) == _reading && !answer.Task.IsCompleted)
        {
            Assert.Fail($"node ended: {await _errors}");
        }

        var said = await answer.Task;
        Assert.That((string?)said["error"], Is.Null);
        return said["value"];
    }

    /// <summary>Ends it as the end of its input does.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
        _writing.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var said = JsonNode.Parse(line)!;
            _asked[(int)said["id"]!].SetResult(said);
        }
    }
}
