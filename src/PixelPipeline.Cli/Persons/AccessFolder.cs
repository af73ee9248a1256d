using System.Globalization;
using System.Text;
using PixelPipeline.Cli.Output;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Cli.Persons;

/// <summary>
/// Everything that is held on a person as files: for each kind of record one of JSON lines and one of CSV, and a readme for
/// somebody who knows nothing of the pipeline.
/// </summary>
/// <param name="path">The folder; it appears once it is complete.</param>
internal sealed class AccessFolder(string path)
{
    private readonly Dictionary<string, KindOfRecords> _kinds = new()
    {
        [HeldRecord.Events] = new("What you did on our pages and in our mails, one event a line."),
        [HeldRecord.Rejected] = new("Requests of yours that could not be made events of, with the reason, and the entry of our access log as text."),
        [HeldRecord.Raw] = new("Raw entries of our access logs that name you, as they stand there. Most of them tell of the same requests as the events."),
    };

    /// <summary>How many records there are of a kind.</summary>
    public int CountOf(string kind) => _kinds[kind].Records.Count;

    /// <summary>Takes a record, unless there is one of its id already.</summary>
    public void Add(HeldRecord record) => _kinds[record.Kind].Add(record);

    /// <summary>Writes the files.</summary>
    /// <param name="source">Whose data they are: <c>my-project.pixels.pixel</c>.</param>
    /// <param name="places">What was searched.</param>
    /// <param name="now">When, UTC.</param>
    /// <exception cref="IOException">They cannot be written; the folder is not there then.</exception>
    public async Task WriteAsync(string source, IEnumerable<string> places, DateTime now)
    {
        var part = path + ".part";
        if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true); // of a run that was killed
        }

        Directory.CreateDirectory(part);
        foreach (var (name, kind) in _kinds.Where(k => k.Value.Records.Count > 0))
        {
            kind.Write(Path.Combine(part, name));
        }

        await File.WriteAllTextAsync(Path.Combine(part, "README.txt"), Readme(source, places, now));
        Directory.Move(part, path);
    }

    private string Readme(string source, IEnumerable<string> places, DateTime now)
    {
        var text = new StringBuilder();
        text.AppendLine("DATA THAT IS HELD ON YOU");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Read on {now:yyyy-MM-dd HH:mm} UTC from {source}.");
        text.AppendLine();
        foreach (var (name, kind) in _kinds)
        {
            text.AppendLine(kind.Records.Count == 0
                ? $"{name}: nothing is held."
                : string.Create(CultureInfo.InvariantCulture, $"{name}.jsonl, {name}.csv: {kind.Records.Count:N0} records. {kind.Meaning} Columns: {string.Join(", ", kind.Columns)}."));
        }

        text.AppendLine();
        text.AppendLine("The .csv files open in any spreadsheet; the .jsonl files hold the same, one JSON object a line, for programs. Times are UTC. An empty field means that nothing is held.");
        text.AppendLine();
        text.AppendLine("Searched:");
        foreach (var place in places)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {place}");
        }

        return text.ToString();
    }

    private sealed class KindOfRecords(string meaning)
    {
        private readonly HashSet<string> _ids = [];

        public string Meaning => meaning;

        public List<Dictionary<string, object?>> Records { get; } = [];

        public List<string> Columns { get; } = [];

        public void Add(HeldRecord record)
        {
            if (_ids.Add(record.Id))
            {
                Records.Add(record.Fields.ToDictionary());
                Columns.AddRange(record.Fields.Select(f => f.Key).Except(Columns).ToList());
            }
        }

        public void Write(string name)
        {
            foreach (var (format, extension) in ((OutputFormat, string)[])[(OutputFormat.Json, ".jsonl"), (OutputFormat.Csv, ".csv")])
            {
                using var file = new StreamWriter(name + extension);
                using var writer = new RecordWriter(file, format, Columns);
                foreach (var record in Records)
                {
                    writer.Write([.. Columns.Select(c => record.GetValueOrDefault(c))]);
                }
            }
        }
    }
}
