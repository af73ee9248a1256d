using Spectre.Console;

namespace PixelPipeline.Cli.Output;

/// <summary>Where people look. What goes to a file or a pipe has neither colours nor lines cut to a width.</summary>
internal static class Terminal
{
    private const int WidthWithoutTerminal = 1_000;

    /// <summary>True where standard output is one.</summary>
    public static bool IsOutput => !Console.IsOutputRedirected;

    /// <summary>What draws on standard output.</summary>
    public static IAnsiConsole Output() => Create(Console.Out, IsOutput);

    /// <summary>What draws on standard error.</summary>
    public static IAnsiConsole Errors() => Create(Console.Error, !Console.IsErrorRedirected);

    private static IAnsiConsole Create(TextWriter writer, bool isTerminal)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) };
        if (isTerminal)
        {
            return AnsiConsole.Create(settings);
        }

        // Said outright: variables such as FORCE_COLOR or GITHUB_ACTIONS would bring the colours back.
        settings.Ansi = AnsiSupport.No;
        settings.ColorSystem = ColorSystemSupport.NoColors;
        settings.Interactive = InteractionSupport.No;
        var console = AnsiConsole.Create(settings);
        console.Profile.Width = WidthWithoutTerminal;
        console.Profile.Capabilities.Ansi = false;
        console.Profile.Capabilities.Links = false;
        return console;
    }
}
