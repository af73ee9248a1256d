using System.CommandLine;
using System.CommandLine.Parsing;
using PixelPipeline.Cli.Output;
using PixelPipeline.Dashboard;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Options;

/// <summary>Options that several commands have, each with one meaning.</summary>
internal static class CommonOptions
{
    public const int BigQueryPort = 9050;

    private static readonly string[] Formats = Array.ConvertAll(Enum.GetNames<OutputFormat>(), name => name.ToLowerInvariant()); // in order of their values

    public static Option<string> Data() => PathOptions.Folder(new Option<string>("--data")
    {
        Description = "The folder that keeps everything",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./data",
    });

    public static Option<string> BaseTable() => OfSetting("--base-table", "TABLE", PipelineSetting.Table);

    public static Option<string> Dataset() => OfSetting("--dataset", "DATASET", PipelineSetting.Dataset);

    /// <summary>Lets an option take names of datasets and tables only.</summary>
    public static TOption Name<TOption>(TOption option)
        where TOption : Option => ValueOptions.Must(option, DashboardOptions.IsName, "a name of letters, digits, _ and -");

    /// <summary>An option that stands for a setting of the function, so that commands and function agree.</summary>
    public static Option<string> OfSetting(string name, string helpName, Setting setting) => new(name)
    {
        Description = $"{char.ToUpperInvariant(setting.Meaning[0])}{setting.Meaning[1..]}".Replace("`", "", StringComparison.Ordinal) + $"; unless given, {setting.Variable} or {setting.Default}",
        HelpName = helpName,
        DefaultValueFactory = result => Checked(result, $"Setting {setting.Variable}", setting, PipelineSettings.OfEnvironment().GetValueOrDefault(setting.Name) ?? setting.Default!),
        CustomParser = result => Checked(result, name, setting, result.Tokens[0].Value),
    };

    public static Option<string?> Schema() => PathOptions.FileToRead(new Option<string?>("--schema")
    {
        Description = $"Columns and whitelist; unless given, {PipelineSetting.SchemaFile.Variable}, in the function's folder, or the function's own deploy/schema.json",
        HelpName = "FILE",
    });

    public static Option<OutputFormat> Format() => new("--format")
    {
        Description = "table for people (unless given), json (one object a line) or csv for machines",
        HelpName = string.Join('|', Formats),
        CustomParser = result =>
        {
            var chosen = Array.FindIndex(Formats, f => f.Equals(result.Tokens[0].Value, StringComparison.OrdinalIgnoreCase));
            if (chosen < 0)
            {
                result.AddError(ValueOptions.Allowed("--format", Formats));
            }

            return (OutputFormat)Math.Max(chosen, 0);
        },
    };

    public static Option<int> Port(string name, int port, string description) => ValueOptions.Number(name, "PORT", port, 1, 65_535, description);

    public static Option<int> Days(string name, int days, string description) => ValueOptions.Number(name, "DAYS", days, 1, 3_650, description);

    public static Option<int> Limit(int limit, string description) => ValueOptions.Number("--limit", "N", limit, 1, int.MaxValue, description);

    private static string Checked(ArgumentResult result, string name, Setting setting, string text)
    {
        if (!setting.Takes(text))
        {
            result.AddError($"{name} {setting.Rule}.");
        }

        return text;
    }
}
