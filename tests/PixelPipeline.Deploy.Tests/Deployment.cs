using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

/// <summary>A copy of what the scripts need in a folder of its own, with settings, and a cloud that they run against.</summary>
internal sealed class Deployment : IDisposable
{
    private static readonly Lazy<StandInServer> Server = new(() => new StandInServer());
    private static readonly Lazy<string> StandInFunction = new(() =>
    {
        var script = File.ReadAllText(StandIn);
        var start = script.IndexOf("() {", StringComparison.Ordinal);
        return script[start..(script.IndexOf("\n}\n", start, StringComparison.Ordinal) + 2)];
    });

    private static readonly ConcurrentDictionary<string, Lazy<CloudState>> Made = new();

    private readonly string _id = Guid.NewGuid().ToString("N");

    public Deployment(CloudState? cloud = null)
    {
        Cloud = cloud ?? new CloudState();
        Server.Value.Add(_id, Cloud);
        Folder = Directory.CreateTempSubdirectory("pixel-deploy-").FullName;
        CopyFolder(Path.Combine(Repository.Root, "deploy"), Path.Combine(Folder, "deploy"));
        foreach (var file in new[] { "pixel.png", "pixel.js" })
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(Folder, file));
        }

        File.CreateSymbolicLink(Path.Combine(Folder, "pixel"), Path.Combine(Path.GetDirectoryName(StandIn)!, "pixel"));
        var tools = Directory.CreateDirectory(Path.Combine(Folder, "tools")).FullName;
        foreach (var tool in new[] { "gcloud", "bq" })
        {
            File.CreateSymbolicLink(Path.Combine(tools, tool), StandIn);
        }

        WriteSettings();
    }

    public CloudState Cloud { get; }

    /// <summary>Whether gcloud and bq are programs on the PATH, as they really are, in place of shell functions, which are faster.</summary>
    public bool WithPrograms { get; init; }

    /// <summary>One with these settings that a first run of up.sh is over for; its cloud has no calls yet.</summary>
    public static Deployment AfterUp(params string[] settings)
    {
        var made = Made.GetOrAdd(string.Join('\n', settings), _ => new(() =>
        {
            using var first = new Deployment();
            first.WriteSettings(settings);
            var outcome = first.Up();
            Assert.That(outcome.Code, Is.Zero, outcome.All);
            return first.Cloud;
        }));
        var deployment = new Deployment(new CloudState(made.Value));
        deployment.WriteSettings(settings);
        return deployment;
    }

    /// <summary>The script that stands in for gcloud and bq.</summary>
    public static string StandIn => Path.Combine(Repository.Root, "tests", "PixelPipeline.Deploy.Tests", "StandIns", "stand-in");

    public string Folder { get; }

    /// <summary>
    /// Writes settings.env: the example with a real-looking project and the template layout, which is the one with most
    /// to wait for, and the given lines after it.
    /// </summary>
    public void WriteSettings(params string[] lines) => File.WriteAllText(
        Path.Combine(Folder, "deploy", "settings.env"),
        File.ReadAllText(Path.Combine(Folder, "deploy", "settings.example.env")) + "\nPROJECT=acme-track\nLAYOUT=template\n" + string.Join('\n', lines));

    /// <summary>Writes settings.env without a layout: a default or what the tables say holds.</summary>
    public void WriteSettingsWithoutLayout() => File.WriteAllText(
        Path.Combine(Folder, "deploy", "settings.env"),
        string.Join('\n', File.ReadLines(Path.Combine(Folder, "deploy", "settings.example.env")).Where(l => !l.StartsWith("LAYOUT=", StringComparison.Ordinal)).Append("PROJECT=acme-track")));

    public void Edit(string path, Func<string, string> change)
    {
        var file = Path.Combine(Folder, path);
        File.WriteAllText(file, change(File.ReadAllText(file)));
    }

    /// <summary>The names of the parts that up.sh makes, in order.</summary>
    public string[] Parts()
    {
        BeforeTheParts("up.sh", "printf '%s\\n' \"${RESOURCES[@]}\"; exit");
        return Up("--dry-run").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Has up.sh and down.sh go through these parts alone, as --only has up.sh do with those of one name.</summary>
    public void LimitTo(IEnumerable<string> parts)
    {
        var these = $"RESOURCES=({string.Join(' ', parts)}) ONLY=these";
        BeforeTheParts("up.sh", these);
        BeforeTheParts("down.sh", these);
    }

    public Outcome Up(params string[] options) => Run("up.sh", options);

    public Outcome Status(params string[] options) => Run("status.sh", options);

    /// <summary>Runs down.sh without its question.</summary>
    public Outcome Down(params string[] options) => Run("down.sh", ["--yes", .. options]);

    public Outcome Run(string script, string[] options, string input = "")
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Folder, "deploy", script), .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["PATH"] = Path.Combine(Folder, "tools") + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["STAND_IN_PORT"] = Server.Value.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["STAND_IN_CLOUD"] = _id;
        start.Environment["RETRY_SECONDS"] = "0";
        if (!WithPrograms)
        {
            start.Environment["BASH_FUNC_stand_in%%"] = StandInFunction.Value;
            start.Environment["BASH_FUNC_gcloud%%"] = "() { stand_in gcloud \"$@\"; }";
            start.Environment["BASH_FUNC_bq%%"] = "() { stand_in bq \"$@\"; }";
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    /// <summary>Puts a line into a script, before the one loop at its top level, which is the one over the parts.</summary>
    private void BeforeTheParts(string script, string line) => Edit($"deploy/{script}", text =>
    {
        var pieces = text.Split("\nfor ");
        Assert.That(pieces, Has.Length.EqualTo(2), script);
        return $"{pieces[0]}\n{line}\nfor {pieces[1]}";
    });

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative != "settings.env")
            {
                var target = Path.Combine(to, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
    }
}

/// <summary>How a script ended and what it printed.</summary>
internal sealed record Outcome(int Code, string Output, string Errors)
{
    public string All => Output + Errors;
}
