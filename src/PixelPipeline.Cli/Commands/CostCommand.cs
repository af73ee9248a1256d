using System.CommandLine;
using System.Globalization;
using PixelPipeline.Cli.Cost;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel cost</c>: what a number of events costs a month in Google Cloud.</summary>
internal static class CostCommand
{
    private const long MostEvents = 1_000_000_000_000;

    private static readonly Option<long> Events = ValueOptions.RequiredNumber("--events", "N", 1, MostEvents, "Events a month");

    private static readonly Option<string?> Layout = new("--layout")
    {
        Description = "template: a table for each user and day; partitioned: one table of all events; both: both. Unless given, both, and without a function partitioned",
    };

    private static readonly Option<string> Mode = ModeOption.Create("function: the function writes the rows; direct: Pub/Sub by itself (docs/direct.md)");

    private static readonly Option<string> Cdn = new("--cdn") { Description = "on: the CDN answers; off: the bucket itself", DefaultValueFactory = _ => "off" };

    private static readonly Option<OutputFormat> Format = CommonOptions.Format();

    public static Command Create()
    {
        ValueOptions.Choose(Layout, "template", ModeOption.OneTable, "both");
        ValueOptions.Choose(Cdn, "on", "off");
        var command = new Command("cost", "Say what a number of events costs a month in Google Cloud, part by part") { Events, Mode, Layout, Cdn, Format };
        ModeOption.CheckLayout(command, Mode, Layout);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var isDirect = ModeOption.IsDirect(arguments, Mode);
        var layout = arguments.GetValue(Layout) ?? (isDirect ? ModeOption.OneTable : PipelineSetting.Layout.Default!);
        var cost = new MonthlyCost(arguments.GetValue(Events), PipelineSetting.Layout.Read(layout), isDirect);
        var withCdn = arguments.GetValue(Cdn) == "on";
        var lines = cost.Lines(withCdn);
        var together = lines.Sum(l => l.Dollars);
        CostLine[] all =
        [
            .. lines,
            new("together", "", together),
            new("each further million", "", cost.FurtherMillion(withCdn)),
            cost.Query(),
        ];
        var format = arguments.GetValue(Format);
        RecordPrinter.Print(format, ["part", "dollars_a_month", "arithmetic"], [.. all.Select(l => (object?[])[l.Part, ToCell(l.Dollars, format), l.Arithmetic])], "");
        if (format == OutputFormat.Table)
        {
            Console.WriteLine("List prices of us-central1, September 2026, US dollars: look at Google's price pages before you rely on them.");
        }

        return 0;
    }

    private static object ToCell(decimal dollars, OutputFormat format)
    {
        var rounded = Math.Round(dollars, 2, MidpointRounding.AwayFromZero);
        return format == OutputFormat.Table ? rounded.ToString("N2", CultureInfo.InvariantCulture).PadLeft(12) : rounded;
    }
}
