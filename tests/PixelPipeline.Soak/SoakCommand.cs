using System.CommandLine;
using PixelPipeline.Soak.Processes;
using Spectre.Console;

namespace PixelPipeline.Soak;

/// <summary><c>./pixel soak</c>: fault runs, load and outages, each with one table of figures in the end.</summary>
internal static class SoakCommand
{
    private static readonly Option<int> Events = new("--events") { Description = "Fault run: how many events", DefaultValueFactory = _ => 20_000 };
    private static readonly Option<int?> Seed = new("--seed") { Description = "Fault run: repeats the decisions of an earlier run" };
    private static readonly Option<string> Layout = new("--layout") { Description = "template or partitioned", DefaultValueFactory = _ => "template" };
    private static readonly Option<string?> Build = new("--build") { Description = "A folder with cli and functions; unless given, the checkout's build output" };

    public static RootCommand Create()
    {
        Layout.AcceptOnlyFromAmong("template", "partitioned");
        var command = new RootCommand("Proves that nothing is lost: runs the pipeline under faults, load and outages") { Events, Seed, Layout, Build };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var files = arguments.GetValue(Build) is { } folder ? BuiltFiles.Of(folder) : BuiltFiles.OfCheckout();
        var figures = await RunFaultsAsync(arguments, files, cancellationToken);
        Print(figures);
        return figures.ViolationCount == 0 ? 0 : 1;
    }

    private static async Task<Figures> RunFaultsAsync(ParseResult arguments, BuiltFiles files, CancellationToken cancellationToken)
    {
        var options = new FaultRunOptions
        {
            Events = arguments.GetValue(Events),
            Seed = arguments.GetValue(Seed) ?? Random.Shared.Next(),
            IsPartitioned = arguments.GetValue(Layout) == "partitioned",
        };
        Console.WriteLine($"seed {options.Seed}");
        var run = new FaultRun(options, files);
        return await ShowProgressAsync("events", options.Events, () => run.Acknowledged, run.RunAsync(cancellationToken));
    }

    private static Task<Figures> ShowProgressAsync(string what, int goal, Func<int> done, Task<Figures> run) =>
        AnsiConsole.Progress().StartAsync(async context =>
        {
            var task = context.AddTask(what, maxValue: goal);
            while (!run.IsCompleted)
            {
                task.Value = done();
                await Task.WhenAny(run, Task.Delay(500));
            }

            task.Value = done();
            return await run;
        });

    private static void Print(Figures figures)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumn("figure").AddColumn(new TableColumn("value").RightAligned());
        foreach (var (name, value) in figures.Lines)
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(value));
        }

        AnsiConsole.Write(table);
        foreach (var violation in figures.Violations)
        {
            Console.WriteLine($"VIOLATION {violation}");
        }
    }
}
