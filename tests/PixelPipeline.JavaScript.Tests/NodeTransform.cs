using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace PixelPipeline.JavaScript.Tests;

/// <summary>Runs a transform in Node over many entries at once, as Pub/Sub runs it: a function of one message, with its text.</summary>
internal static class NodeTransform
{
    // Told apart in one line each: the row's text, null, or what the function threw.
    private const string Runner = """

        const { createReadStream } = require('fs');
        (async () => {
          const lines = require('readline').createInterface({ input: createReadStream(process.argv[2]), crlfDelay: Infinity });
          const out = [];
          for await (const line of lines) {
            let result;
            try {
              const message = toRow({ data: Buffer.from(line, 'base64').toString('utf8'), attributes: { a: '1' } }, {});
              result = message === null ? null : { data: message.data, attributes: message.attributes };
            } catch (e) {
              result = { error: e.message };
            }
            out.push(JSON.stringify(result));
          }
          require('fs').writeFileSync(process.argv[3], out.join('\n'));
        })();
        """;

    public static async Task<IReadOnlyList<JsonElement>> RunAsync(PixelTransform transform, IReadOnlyList<byte[]> entries)
    {
        using var folder = new TempFolder();
        var (script, input, output) = (Path.Combine(folder.Path, "transform.js"), Path.Combine(folder.Path, "in"), Path.Combine(folder.Path, "out"));
        await File.WriteAllTextAsync(script, transform.Code + Runner);
        await File.WriteAllLinesAsync(input, entries.Select(Convert.ToBase64String), Encoding.ASCII);
        using var node = Process.Start(new ProcessStartInfo("node", ["--use-strict", script, input, output]) { RedirectStandardError = true })!;
        var errors = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.That(node.ExitCode, Is.Zero, errors);
        return [.. (await File.ReadAllLinesAsync(output)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    /// <summary>Skips a test where Node is not installed.</summary>
    public static void IgnoreIfMissing()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true })!;
            node.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("Node is not installed.");
        }
    }
}
