using System.CommandLine;
using System.Globalization;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Cli.Commands;

/// <summary>Options that several commands have, each with one meaning.</summary>
internal static class CommonOptions
{
    public const int BigQueryPort = 9050;

    public static Option<string> Data() => new("--data")
    {
        Description = "The folder that keeps everything",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./data",
    };

    public static Option<string> BigQueryHost() => new("--bigquery")
    {
        Description = $"Where the local BigQuery is; unless given, {BigQueryEndpoint.EmulatorVariable} or 127.0.0.1:{BigQueryPort}",
        HelpName = "HOST:PORT",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(BigQueryEndpoint.EmulatorVariable) is { Length: > 0 } host ? host : $"127.0.0.1:{BigQueryPort}",
    };

    public static Option<string> Dataset() => FromEnvironment("--dataset", "Dataset", "pixels", "The dataset of the tables");

    /// <summary>An option whose default the function's setting gives, so that commands and function agree.</summary>
    public static Option<string> FromEnvironment(string name, string setting, string value, string description) => new(name)
    {
        Description = $"{description}; unless given, Pixel__{setting} or {value}",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Pixel__" + setting) is { Length: > 0 } text ? text : value,
    };

    public static Option<string?> Schema() => new("--schema")
    {
        Description = "Columns and whitelist; unless given, the function's own deploy/schema.json",
        HelpName = "FILE",
    };

    public static Option<OutputFormat> Format() => new("--format")
    {
        Description = "table for people, json (one object a line) or csv for machines",
        DefaultValueFactory = _ => OutputFormat.Table,
    };

    public static Option<int> Port(string name, int port, string description) => Number(name, "PORT", port, 1, 65_535, description);

    public static Option<int> Days(string name, int days, string description) => Number(name, "DAYS", days, 1, 3_650, description);

    public static Option<int> Seconds(string name, int seconds, string description) => Number(name, "SECONDS", seconds, 1, 3_600, description);

    public static Option<int> Limit(int limit, string description) => Number("--limit", "N", limit, 1, int.MaxValue, description);

    /// <summary>A client of Google's BigQuery, with the credentials that gcloud keeps.</summary>
    public static BigQueryClient GoogleClient(string project)
    {
        try
        {
            return BigQueryEndpoint.CreateClient(project, emulatorHost: null);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandException("--project needs Google credentials: run gcloud auth application-default login.", e);
        }
    }

    /// <summary>A client of the BigQuery at <c>HOST:PORT</c>.</summary>
    public static BigQueryClient Client(string host)
    {
        try
        {
            return BigQueryEndpoint.CreateClient("local", host);
        }
        catch (FormatException)
        {
            throw new CommandException($"--bigquery {host} is not HOST:PORT.");
        }
    }

    /// <summary>A time such as <c>500ms</c>, <c>2s</c> or <c>1m</c>.</summary>
    public static Option<TimeSpan> Duration(string name, TimeSpan value, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        DefaultValueFactory = _ => value,
        CustomParser = result =>
        {
            if (ReadDuration(result.Tokens[0].Value) is { } duration)
            {
                return duration;
            }

            result.AddError($"{name} must be a time such as 500ms, 2s or 1m.");
            return default;
        },
    };

    private static TimeSpan? ReadDuration(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = text[digits..] switch { "ms" => TimeSpan.FromMilliseconds(1), "s" => TimeSpan.FromSeconds(1), "m" => TimeSpan.FromMinutes(1), _ => TimeSpan.Zero };
        return unit > TimeSpan.Zero && double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 10_000
            ? unit * number
            : null;
    }

    public static Option<int> Number(string name, string helpName, int value, int least, int most, string description)
    {
        var option = new Option<int>(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && (number < least || number > most))
            {
                result.AddError($"{name} must be {least} to {most}.");
            }
        });
        return option;
    }
}
