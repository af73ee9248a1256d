using System.Text.RegularExpressions;

namespace PixelPipeline.Cli.Tests.Doctor;

/// <summary>What the doctor prescribes can be had.</summary>
internal sealed partial class RemedyTests
{
    [Test]
    public void Remedies_NamedParts_AreThoseOfTheDeployment()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "PixelPipeline.Cli", "Doctor")).Select(File.ReadAllText);
        var parts = sources.SelectMany(s => OnlyPart().Matches(s)).Select(m => m.Groups[1].Value).Distinct().ToList();
        var setup = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "lib", "setup.sh"));

        Assert.That(parts, Has.Count.GreaterThan(3));
        Assert.That(parts.Where(p => !Regex.IsMatch(setup, $@"[(\s""]{p}[:)\s]")), Is.Empty);
    }

    [GeneratedRegex("deploy/up.sh --only ([a-z_]+)")]
    private static partial Regex OnlyPart();
}
