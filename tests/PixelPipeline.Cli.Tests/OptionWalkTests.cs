using System.CommandLine;

namespace PixelPipeline.Cli.Tests;

/// <summary>Every option of every command, given what it does not take.</summary>
internal sealed class OptionWalkTests
{
    private const string NoFile = "/nowhere/at/all/file";

    private static readonly string[] NoNumbers = ["x", "-1", "1.5", "1e3", "99999999999999999999"];
    private static readonly string[] NoTexts = []; // any text is one, but for none

    /// <summary>By the word that stands for an option's value in the help, what is no such value.</summary>
    private static readonly Dictionary<string, string[]> Wrong = new()
    {
        ["N"] = NoNumbers,
        ["PORT"] = [.. NoNumbers, "0", "65536"],
        ["DAYS"] = [.. NoNumbers, "0"],
        ["MB"] = [.. NoNumbers, "9"],
        ["FORM"] = ["half"],
        ["SECONDS"] = [.. NoNumbers, "0"],
        ["TIME"] = ["nonsense", "2026-13-01", "5x", "-1"],
        ["DATE"] = ["yesterday", "2026-13-01", "2026-11-01T00:00:00Z"],
        ["HOST:PORT"] = ["two words", "http://", "host:port:more"],
        ["FILE"] = [NoFile, "/tmp"],
        ["DIR"] = ["/proc/self/status"],
        ["DIR|gs://BUCKET/PREFIX"] = [NoFile, "gs://"],
        ["DATASET"] = ["a.b", "two words", "`"],
        ["TABLE"] = ["a.b", "two words", "`"],
        ["PROJECT"] = ["two words", "a/b"],
        ["LOGS"] = [NoFile],
        ["PATH"] = ["pixel.png", "/pixel.png?x=1"],
        ["SUFFIX"] = ["nonsense", "_{nope}", "_{date:yyyy"],
        ["URL"] = ["nonsense", "ftp://h/x", "//h/x"],
        ["NAME=VALUE"] = ["name", "=value"],
        ["FIELD=NAME"] = ["name", "=value"],
        ["NAMES"] = [","],
        ["REASON"] = ["boredom"],
        ["ZONE"] = ["Mars/Olympus", "+1", "two words"],
        ["ID"] = NoTexts,
        ["TYPE"] = NoTexts,
        ["KEY"] = NoTexts,
        ["SIGNATURE"] = NoTexts,
        ["COLUMN"] = NoTexts,
        ["A,B,C"] = [","],
    };

    private static IEnumerable<TestCaseData> Options() =>
        from command in CommandsBelow(PixelCommand.Root, [])
        from option in command.Command.Options.Concat(PixelCommand.Root == command.Command ? [] : command.Inherited)
        where option is not System.CommandLine.Help.HelpOption && !(option is Option<bool> && command.Command.Arguments.Count > 0) // what follows a switch is an argument
        select new TestCaseData(command.Path, option).SetArgDisplayNames(string.Join(' ', command.Path), option.Name);

    [TestCaseSource(nameof(Options))]
    public void Option_GivenWhatItDoesNotTake_IsRefusedInOneLine(string[] command, Option option)
    {
        Assert.Multiple(() =>
        {
            foreach (var wrong in WrongValues(option))
            {
                var error = CommandLineRunner.UsageError(PixelCommand.Root.Parse([.. command, .. Needed(option), .. wrong]));
                Assert.That(error, Does.Contain(option is Option<bool> ? "'maybe'" : option.Name), $"{string.Join(' ', wrong)} is understood");
                Assert.That(error, Does.EndWith("--help`.").And.Not.Contains("\n").And.Not.Contains("System.").And.Not.Contains("Exception"));
            }
        });
    }

    // A suffix names the schema's attributes; beside a test there is no function that ships one.
    private static string[] Needed(Option option) =>
        option.HelpName == "SUFFIX" ? ["--schema", Path.Combine(Repository.Root, "deploy", "schema.json")] : [];

    private static string[][] WrongValues(Option option)
    {
        if (option is Option<bool>)
        {
            return [[$"{option.Name}=maybe"]];
        }

        // A choice stands in the help as its values.
        Assert.That(Wrong.TryGetValue(option.HelpName!, out var texts) || option.HelpName!.Contains('|', StringComparison.Ordinal), Is.True, $"{option.HelpName} is a kind that this test does not know");
        string[][] wrong = [[option.Name], [option.Name, ""], [option.Name, " "], .. (texts ?? ["none of these"]).Select(t => (string[])[option.Name, t])];
        return option.Arity.MaximumNumberOfValues == 1 ? [.. wrong, [option.Name, "1", option.Name, "1"]] : wrong;
    }

    private static IEnumerable<(string[] Path, Command Command, Option[] Inherited)> CommandsBelow(Command command, string[] path)
    {
        Option[] recursive = [.. command.Options.Where(o => o.Recursive)];
        foreach (var below in command.Subcommands)
        {
            string[] name = [.. path, below.Name];
            yield return (name, below, recursive);
            foreach (var further in CommandsBelow(below, name))
            {
                yield return further;
            }
        }
    }
}
