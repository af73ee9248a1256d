using System.Diagnostics;
using System.Text.Json;
using Examples;
using PixelPipeline.Signing;

namespace PixelPipeline.Tests.Signing;

/// <summary>
/// The functions of <c>examples/signing</c>, with which other programs sign, against what the pipeline checks. More cases:
/// <c>dotnet test -- TestRunParameters.Parameter(name="cases", value="100000")</c>.
/// </summary>
public sealed class LanguagesTests
{
    private const string Secret = "abcdefghijklmnop";
    private const string Alphabet = "ab01 =&.%+/\"\\\u00e9\u20ac\u0000\n";
    private static readonly int Cases = TestContext.Parameters.Get("cases", 10_000);
    private static readonly string[] Names = ["user_id", "type", "order_id"];
    private static readonly DateTime Time = new(2026, 11, 20, 11, 12, 28, DateTimeKind.Utc);
    private static readonly long Second = new DateTimeOffset(Time).ToUnixTimeSeconds();
    private static readonly SigningRule Rule = new(SigningMode.Observe, SigningKey.ReadList($"k1:{Secret}"), [.. Names]);

    private sealed record Case(string Key, string Secret, Dictionary<string, string?> Attributes, string Expires);

    [TestCase("C#")]
    [TestCase("node", "--input-type=module", "-e", """
        import { createInterface } from 'node:readline';
        const { sign } = await import(process.env.EXAMPLES + '/sign.mjs');
        for await (const line of createInterface({ input: process.stdin })) {
          const c = JSON.parse(line);
          console.log(sign(c.Key, c.Secret, c.Attributes, c.Expires));
        }
        """)]
    [TestCase("python3", "-c", """
        import json, os, sys
        sys.path.insert(0, os.environ["EXAMPLES"])
        sys.dont_write_bytecode = True
        from sign import sign
        for line in sys.stdin:
            c = json.loads(line)
            print(sign(c["Key"], c["Secret"], c["Attributes"], c["Expires"]))
        """)]
    public async Task Sign_InEachLanguage_IsToldApartByThePipeline(string program, params string[] arguments)
    {
        var random = new Random(Some.Seed());
        var cases = Enumerable.Range(0, Cases).Select(_ => NewCase(random)).ToList();
        var signatures = program == "C#" ? [.. cases.Select(SignInCSharp)] : await SignAsync(program, arguments, cases);
        Assert.That(signatures, Has.Count.EqualTo(Cases));
        for (var i = 0; i < Cases; i++)
        {
            var (attributes, signature, expected) = Tampered(cases[i], signatures[i], random);
            Assert.That(Rule.Judge(signature, Time, attributes), Is.EqualTo(expected), () => $"case {i}: {JsonSerializer.Serialize(cases[i])} {signature}");
        }
    }

    private static string SignInCSharp(Case signed) => PixelSignature.Sign(signed.Key, signed.Secret, signed.Attributes, signed.Expires);

    private static Case NewCase(Random random) => new(
        random.Next(10) == 0 ? "k9" : "k1",
        random.Next(10) == 0 ? "somebody-elses-secret" : Secret,
        Names.Where(_ => random.Next(4) > 0).ToDictionary(n => n, _ => random.Next(8) == 0 ? null : new string(random.GetItems<char>(Alphabet, random.Next(6)))),
        random.Next(3) switch { 0 => "", 1 => $"{Second + random.Next(1_000)}", _ => $"{Second - 1 - random.Next(1_000)}" });

    /// <summary>The hit that arrives, in half of all cases with something changed on its way.</summary>
    private static (Dictionary<string, string?> Attributes, string Signature, SignatureVerdict Expected) Tampered(Case signed, string signature, Random random)
    {
        var attributes = new Dictionary<string, string?>(signed.Attributes);
        var known = signed is { Key: "k1", Secret: Secret };
        var isOver = signed.Expires.Length > 0 && long.Parse(signed.Expires, System.Globalization.CultureInfo.InvariantCulture) < Second;
        var untouched = !known ? SignatureVerdict.Invalid : isOver ? SignatureVerdict.Expired : SignatureVerdict.Valid;
        switch (random.Next(8))
        {
            case 0:
                var name = Names[random.Next(Names.Length)];
                attributes[name] = attributes.GetValueOrDefault(name) + "x";
                return (attributes, signature, SignatureVerdict.Invalid);
            case 1:
                return (attributes, signature.Replace($".{signed.Expires}.", $".{Second + 5_000}.", StringComparison.Ordinal), SignatureVerdict.Invalid);
            case 2:
                var place = random.Next(signature.Length - 42, signature.Length - 1); // all but the last: of that four bits count
                return (attributes, signature[..place] + (signature[place] == 'A' ? 'B' : 'A') + signature[(place + 1)..], SignatureVerdict.Invalid);
            case 3:
                return (attributes, "", SignatureVerdict.Missing);
            default:
                return (attributes, signature, untouched);
        }
    }

    private static async Task<List<string>> SignAsync(string program, string[] arguments, List<Case> cases)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["EXAMPLES"] = Path.Combine(TestContext.CurrentContext.TestDirectory, "examples", "signing");
        using var process = Start(start);
        var writing = Task.Run(async () =>
        {
            foreach (var signed in cases)
            {
                await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(signed));
            }

            process.StandardInput.Close();
        });
        var output = await process.StandardOutput.ReadToEndAsync();
        await writing;
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r'))];
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore($"{start.FileName} is not installed.");
            throw;
        }
    }
}
