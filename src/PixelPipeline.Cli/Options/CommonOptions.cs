using System.CommandLine;
using PixelPipeline.Cli.Output;

namespace PixelPipeline.Cli.Options;

/// <summary>Options that several commands have, each with one meaning.</summary>
internal static class CommonOptions
{
    public const int BigQueryPort = 9050;

    private static readonly string[] Formats = Array.ConvertAll(Enum.GetNames<OutputFormat>(), name => name.ToLowerInvariant()); // in order of their values

    public static Option<string> Data() => new("--data")
    {
        Description = "The folder that keeps everything",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./data",
    };

    public static Option<string> BaseTable() => FromEnvironment("--base-table", "TABLE", "Table", "pixel", "The base table");

    public static Option<string> Dataset() => FromEnvironment("--dataset", "DATASET", "Dataset", "pixels", "The dataset of the tables");

    /// <summary>An option whose default the function's setting gives, so that commands and function agree.</summary>
    public static Option<string> FromEnvironment(string name, string? helpName, string setting, string value, string description) => new(name)
    {
        Description = $"{description}; unless given, Pixel__{setting} or {value}",
        HelpName = helpName,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Pixel__" + setting) is { Length: > 0 } text ? text : value,
    };

    public static Option<string?> Schema() => new("--schema")
    {
        Description = "Columns and whitelist; unless given, the function's own deploy/schema.json",
        HelpName = "FILE",
    };

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
}
