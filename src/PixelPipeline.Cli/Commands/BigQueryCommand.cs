using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using PixelPipeline.Cli.Options;
using PixelPipeline.Local;
using PixelPipeline.LocalBigQuery;
using PixelPipeline.Loopback;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel bigquery</c>: the local BigQuery alone.</summary>
internal static class BigQueryCommand
{
    private static readonly Option<int> Port = CommonOptions.Port("--bigquery-port", CommonOptions.BigQueryPort, "Its port");
    private static readonly Option<string> Data = CommonOptions.Data();
    private static readonly Option<ShortTime> StreamingBuffer = ValueOptions.Duration("--streaming-buffer", TimeSpan.Zero, "Refuse to change rows for this long after they came in, as Google does for up to 90m");

    public static Command Create()
    {
        var command = new Command("bigquery", "Run the local BigQuery alone, for `pixel up --bigquery` or any BigQuery client") { Port, Data, StreamingBuffer };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var data = new DataFolder(arguments.GetValue(Data)!);
        using var logs = ConsoleLog.Create(LogLevel.Warning);
        try
        {
            using var dataLock = data.Lock();
            var options = new BigQueryServerOptions { Port = arguments.GetValue(Port), DatabasePath = data.BigQueryFile, StreamingBuffer = arguments.GetValue(StreamingBuffer).Time };
            await using var bigQuery = await BigQueryServer.StartAsync(options, logs, cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"BigQuery is at http://127.0.0.1:{bigQuery.Port}, its data in {data.BigQueryFile}. Ctrl-C stops it."));
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(8));
            await bigQuery.StopAsync(deadline.Token);
            return 0;
        }
        catch (PortUnavailableException e)
        {
            throw new CommandException($"{e.Message.TrimEnd('.')}: choose another with {Port.Name}.", e);
        }
        catch (StartFailedException e)
        {
            throw DataOptions.Explain(e);
        }
        catch (InvalidDataException e)
        {
            throw DataOptions.Explain(data, e);
        }
    }
}
