using System.CommandLine;
using PixelPipeline.Cli.Commands;
using PixelPipeline.Cli.Options;

namespace PixelPipeline.Cli;

/// <summary>The <c>pixel</c> command with all that is below it.</summary>
internal static class PixelCommand
{
    /// <summary>The command: one of it, since the options below it are the commands' own.</summary>
    public static RootCommand Root { get; } = Create();

    private static RootCommand Create()
    {
        var root = new RootCommand("PixelPipeline: pixel hits into your own BigQuery. `pixel up` runs all of it on this machine.")
        {
            UpCommand.Create(),
            ProduceCommand.Create(),
            RowsCommand.Create(),
            TablesCommand.Create(),
            QueryCommand.Create(),
            DashboardCommand.Create(),
            RejectedCommand.Create(),
            SummarizeCommand.Create(),
            ImportCommand.Create(),
            ReplayCommand.Create(),
            DeadLettersCommand.Create(),
            ExportCommand.Create(),
            UrlCommand.Create(),
            TransformCommand.Create(),
            BigQueryCommand.Create(),
            MigrateCommand.Create(),
            AccessCommand.Create(),
            ForgetCommand.Create(),
            DoctorCommand.Create(),
            CostCommand.Create(),
        };
        RefuseEmptyTexts(root);
        return root;
    }

    private static void RefuseEmptyTexts(Command command)
    {
        foreach (var option in command.Options)
        {
            ValueOptions.RefuseEmpty(option);
        }

        foreach (var argument in command.Arguments)
        {
            ValueOptions.RefuseEmpty(argument);
        }

        foreach (var below in command.Subcommands)
        {
            RefuseEmptyTexts(below);
        }
    }
}
