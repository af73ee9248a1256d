using System.CommandLine;
using PixelPipeline.Soak.Load;
using PixelPipeline.Soak.Processes;
using Spectre.Console;

namespace PixelPipeline.Soak;

/// <summary><c>./pixel soak</c>: fault runs, load and outages, each with one table of figures in the end.</summary>
internal static class SoakCommand
{
    private static readonly Option<int> Events = Number("--events", "Fault run: how many events", 20_000, 1_000);
    private static readonly Option<int?> Seed = new("--seed") { Description = "Fault run: repeats the decisions of an earlier run" };
    private static readonly Option<int> Load = Number("--load", "Load run in place of a fault run: so many hits a second on `pixel up`", 0, 0);
    private static readonly Option<int> Seconds = Number("--seconds", "Load run: for so long; with an outage, one and a half times its length unless given", 60, 1);
    private static readonly Option<int> Outage = Number("--outage", "Load run: stops BigQuery for so many seconds", 0, 0);
    private static readonly Option<string> Layout = new("--layout") { Description = "template, partitioned or both", DefaultValueFactory = _ => "both" };
    private static readonly Option<string?> Build = new("--build") { Description = "A folder with cli and functions; unless given, the checkout's build output" };

    public static RootCommand Create()
    {
        Layout.AcceptOnlyFromAmong("template", "partitioned", "both");
        var command = new RootCommand("Proves that nothing is lost: runs the pipeline under faults, load and outages") { Events, Seed, Load, Seconds, Outage, Layout, Build };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var files = arguments.GetValue(Build) is { } folder ? BuiltFiles.Of(folder) : BuiltFiles.OfCheckout();
        var figures = arguments.GetValue(Load) > 0
            ? await RunLoadAsync(arguments, files, cancellationToken)
            : await RunFaultsAsync(arguments, files, cancellationToken);
        FiguresTable.Print(figures);
        return figures.ViolationCount == 0 ? 0 : 1;
    }

    private static async Task<Figures> RunFaultsAsync(ParseResult arguments, BuiltFiles files, CancellationToken cancellationToken)
    {
        var options = new FaultRunOptions
        {
            Events = arguments.GetValue(Events),
            Seed = arguments.GetValue(Seed) ?? Random.Shared.Next(),
            Layout = arguments.GetValue(Layout)!,
        };
        Console.WriteLine($"seed {options.Seed}");
        var run = new FaultRun(options, files);
        return await ShowProgressAsync("events", options.Events, () => run.Acknowledged, run.RunAsync(cancellationToken));
    }

    private static async Task<Figures> RunLoadAsync(ParseResult arguments, BuiltFiles files, CancellationToken cancellationToken)
    {
        var outage = arguments.GetValue(Outage);
        var seconds = outage > 0 && arguments.GetResult(Seconds) is not { Implicit: false } ? outage * 3 / 2 : arguments.GetValue(Seconds);
        var options = new LoadOptions(arguments.GetValue(Load), seconds, arguments.GetValue(Layout)!, outage);
        using var run = new LoadRun(options, files);
        return await ShowProgressAsync("hits", options.Hits, () => run.Answered, run.RunAsync(cancellationToken));
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

    private static Option<int> Number(string name, string description, int value, int least)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && number < least)
            {
                result.AddError($"{name} must be {least} at least.");
            }
        });
        return option;
    }
}
