using System.Text.RegularExpressions;
using PixelPipeline.Cli.Tests.Support;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Tests.Documents;

/// <summary>What the settings' one place says is what documents, deployment and help say.</summary>
internal sealed partial class SettingsTableTests
{
    private static readonly string Deployed = Read("deploy/lib/settings.sh");

    /// <summary>Settings by the deployment's key that gives them, as the function's template has it.</summary>
    private static Dictionary<string, Setting> ByKey { get; } = Given("function.env.yaml").Where(g => g.Key.Length > 0)
        .ToDictionary(g => g.Key, g => PipelineSetting.All.Single(s => s.Variable == g.Variable));

    [Test]
    public void SettingsTable_OfTheReadme_ListsEachInOrder()
    {
        var table = Readme.Table("setting").Where(r => r[0].StartsWith("`Pixel__", StringComparison.Ordinal)).Select(r => string.Join(" | ", r));
        Assert.That(table, Is.EqualTo(PipelineSetting.All.Select(s => $"`{s.Variable}` | `{s.Default ?? "GOOGLE_CLOUD_PROJECT"}` | {s.Meaning}")));
    }

    [TestCase("function.env.yaml")]
    [TestCase("collect.env.yaml")]
    [TestCase("log-files.env.yaml")]
    public void Template_OfDeployment_SetsWhatThereIs(string template) =>
        Assert.That(Given(template).Select(g => g.Variable), Is.SubsetOf(PipelineSetting.All.Select(s => s.Variable)));

    [Test]
    public void Defaults_OfDeployment_AreTheSettings()
    {
        var defaults = Assignments().Matches(Function("default_settings")).ToDictionary(m => m.Groups["key"].Value, m => m.Groups["value"].Value.Trim('\''));
        var compared = ByKey.Where(k => defaults.GetValueOrDefault(k.Key) is { Length: > 0 }).ToList();
        Assert.That(compared, Has.Count.GreaterThanOrEqualTo(7));
        Assert.That(compared.Select(k => (k.Key, defaults[k.Key])), Is.EqualTo(compared.Select(k => (k.Key, k.Value.Default))));
    }

    [Test]
    public void Bounds_OfDeployment_AreTheSettings()
    {
        var checks = NumberChecks().Matches(Function("check_settings")).Where(m => ByKey.ContainsKey(m.Groups["key"].Value)).ToList();
        Assert.That(checks, Has.Count.EqualTo(4));
        Assert.That(checks.Select(c => $"must be {c.Groups["least"].Value} to {c.Groups["most"].Value}"), Is.EqualTo(checks.Select(c => ByKey[c.Groups["key"].Value].Rule)));
    }

    [TestCase("up", "--layout --base-table --table-suffix --dataset --pixel-path")]
    [TestCase("import", "--layout --base-table --table-suffix --dataset --pixel-path")]
    [TestCase("rows", "--dataset")]
    public async Task Help_OfACommand_NamesTheSettingsBehindItsOptions(string command, string options)
    {
        var (_, help, _) = await InProcess.RunAsync(command, "--help");
        var flat = Blanks().Replace(help, " ");
        foreach (var option in options.Split(' '))
        {
            var line = flat[flat.IndexOf($" {option} ", StringComparison.Ordinal)..];
            var setting = PipelineSetting.All.Single(s => s.Variable == Variables().Match(line).Value);
            Assert.That(line, Does.Contain($"{setting.Meaning[1..].Replace("`", "", StringComparison.Ordinal)}; unless given, {setting.Variable} or {setting.Default}"), option);
        }
    }

    private static IEnumerable<(string Variable, string Key)> Given(string template) => Lines().Matches(Read($"deploy/templates/{template}"))
        .Select(m => (m.Groups["variable"].Value, m.Groups["key"].Value));

    private static string Function(string name) => Regex.Match(Deployed, $@"^{name}\(\) {{\n(.*?)^}}", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex(@"^(?<variable>Pixel__\w+): ""(?:\{\{(?<key>\w+)\}\})?", RegexOptions.Multiline)]
    private static partial Regex Lines();

    [GeneratedRegex(@"(?<key>[A-Z_]+)=(?<value>\S*)")]
    private static partial Regex Assignments();

    [GeneratedRegex(@"check_number (?<key>[A-Z_]+) (?<least>\d+) (?<most>\d+)$", RegexOptions.Multiline)]
    private static partial Regex NumberChecks();

    [GeneratedRegex(@"Pixel__\w+")]
    private static partial Regex Variables();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
