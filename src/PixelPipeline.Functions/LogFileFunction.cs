using System.Text;
using CloudNative.CloudEvents;
using Google.Cloud.Functions.Framework;
using Google.Events.Protobuf.Cloud.Storage.V1;
using Microsoft.Extensions.Logging;
using PixelPipeline.Compression;
using PixelPipeline.Functions.LogFiles;
using PixelPipeline.GoogleCloud.Storage;
using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;
using PixelPipeline.Summaries;

namespace PixelPipeline.Functions;

/// <summary>
/// Summarises a log file when it lands in a bucket: <c>drop/2026/elb.log.gz</c> becomes
/// <c>summaries/2026/elb.log.gz.csv</c>. The same file gives the same name and content, so that a repeated delivery
/// changes nothing.
/// </summary>
/// <seealso href="https://cloud.google.com/eventarc/docs/event-types#cloud-storage"/>
public sealed class LogFileFunction : ICloudEventFunction<StorageObjectData>
{
    private readonly LogFileOptions _options;
    private readonly CloudStorage _storage;
    private readonly ILogger<LogFileFunction> _logger;

    /// <summary>Made by the framework for each request.</summary>
    /// <param name="options">Validated settings.</param>
    /// <param name="storage">The bucket.</param>
    /// <param name="logger">Told what was summarised.</param>
    public LogFileFunction(LogFileOptions options, CloudStorage storage, ILogger<LogFileFunction> logger)
    {
        _options = options;
        _storage = storage;
        _logger = logger;
    }

    /// <summary>
    /// Summarises one object. One outside the bucket and prefix of the settings is passed over, and so is, with a line in
    /// the log, what no further delivery could mend: an object that is no longer there or was replaced, which has an
    /// event of its own, and one whose text cannot be decompressed.
    /// </summary>
    /// <param name="cloudEvent">The event around it.</param>
    /// <param name="data">The object that landed.</param>
    /// <param name="cancellationToken">The delivery ended.</param>
    /// <exception cref="IOException">The object cannot be read, or not to its end: the event is delivered again.</exception>
    /// <exception cref="HttpRequestException">The object's generation cannot be asked for, or the summary not be written: likewise.</exception>
    public async Task HandleAsync(CloudEvent cloudEvent, StorageObjectData data, CancellationToken cancellationToken)
    {
        if (data is null || !IsLogFile(data))
        {
            return;
        }

        try
        {
            var file = new LogFile(data.Name, data.Size, () => _storage.OpenRead(data.Bucket, data.Name), Compressions.All, TimeZoneInfo.FindSystemTimeZoneById(_options.TimeZone));
            var summary = await SummarizeAsync(file, cancellationToken);
            if (await IsCurrentAsync(data, cancellationToken))
            {
                await WriteAsync(data, summary, cancellationToken);
            }
        }
        catch (FileNotFoundException)
        {
            _logger.LogWarning("{LogFile} is passed over: it is no longer there", data.Name);
        }
        catch (InvalidDataException e)
        {
            _logger.LogError(e, "{LogFile} is passed over: its text cannot be decompressed", data.Name);
        }
    }

    private bool IsLogFile(StorageObjectData data) =>
        (_options.Bucket is null || _options.Bucket == data.Bucket)
        && data.Name.StartsWith(_options.InputPrefix, StringComparison.Ordinal) && !data.Name.EndsWith('/');

    private async Task<Summary> SummarizeAsync(LogFile file, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        var keys = _options.Keys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var format = _options.Format is null ? null : LogFormats.Find(_options.Format);
        var summary = await new Summarizer(keys, format, _ => { }, (_, e) => failure = e).SummarizeAsync([file], cancellationToken);
        return failure switch
        {
            null => summary,

            // What arrives is checked on its way: a copy that ends early is an IOException, so this is the file's own fault.
            FileNotFoundException or InvalidDataException => throw failure,
            _ => throw new IOException("The log file cannot be read to its end.", failure),
        };
    }

    // An event that comes late must not put the older summary in place of the newer one.
    private async Task<bool> IsCurrentAsync(StorageObjectData data, CancellationToken cancellationToken)
    {
        if (data.Generation == 0 || await _storage.FindGenerationAsync(data.Bucket, data.Name, cancellationToken) == data.Generation)
        {
            return true;
        }

        _logger.LogInformation("{LogFile} is passed over: it was replaced or removed meanwhile", data.Name);
        return false;
    }

    private async Task WriteAsync(StorageObjectData data, Summary summary, CancellationToken cancellationToken)
    {
        var csv = new StringWriter();
        SummaryCsv.Write(summary, csv);
        var target = _options.OutputPrefix + data.Name[_options.InputPrefix.Length..] + ".csv";
        await _storage.WriteAsync(data.Bucket, target, "text/csv", Encoding.UTF8.GetBytes(csv.ToString()), cancellationToken);
        _logger.LogInformation("Summarised {Lines} lines, {Hits} hits, {BadLines} that cannot be read", summary.Lines, summary.Hits, summary.BadLines);
    }
}
