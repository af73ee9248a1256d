using System.CommandLine;

namespace PixelPipeline.Cli.Options;

/// <summary><c>--mode</c>: who writes the rows, as <c>MODE</c> in the deployment's settings.</summary>
internal static class ModeOption
{
    /// <summary>The layout that Pub/Sub can write by itself.</summary>
    public const string OneTable = "partitioned";

    private const string Function = "function";
    private const string Direct = "direct";

    /// <summary>The option; function unless given.</summary>
    public static Option<string> Create(string description)
    {
        var option = new Option<string>("--mode") { Description = description, DefaultValueFactory = _ => Function };
        ValueOptions.Choose(option, Function, Direct);
        return option;
    }

    /// <summary>Whether the rows come without a function.</summary>
    public static bool IsDirect(ParseResult arguments, Option<string> mode) => arguments.GetValue(mode) == Direct;

    /// <summary>Refuses, before the command runs, a layout beside <c>--mode direct</c> that has more than one table.</summary>
    public static void CheckLayout(Command command, Option<string> mode, Option layout) => command.Validators.Add(result =>
    {
        if (ValueOptions.TextIn(result, mode) == Direct && ValueOptions.TextIn(result, layout) is { } chosen && chosen != OneTable)
        {
            result.AddError($"{mode.Name} {Direct} writes one table: leave {layout.Name} out, or make it {OneTable}.");
        }
    });
}
