using System.CommandLine;
using PixelPipeline.Cli;
using PixelPipeline.Cli.Commands;

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
    BigQueryCommand.Create(),
    DoctorCommand.Create(),
    CostCommand.Create(),
};

using var interruption = new Interruption();
return await CommandLineRunner.RunAsync(root, args, interruption.Token);
