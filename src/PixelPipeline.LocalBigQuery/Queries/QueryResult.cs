using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Loads;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Types;
using PixelPipeline.LocalBigQuery.Storage;
using PixelPipeline.LocalBigQuery.Values;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>
/// The rows of a finished query, kept for paging in a file that goes with the process: memory holds the place of every
/// 256th row alone. Rows are in the stored form of <see cref="ValueCodec"/>, one a line.
/// </summary>
internal sealed class QueryResult : IDisposable
{
    private const int RowsBetweenMarks = 256;
    private const long MaximumBytes = 1L << 30;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _file;
    private readonly List<long> _marks = [];

    private QueryResult(FileStream file, IReadOnlyList<QueryColumn> columns) => (_file, Columns) = (file, columns);

    /// <summary>Its columns.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>How many rows it has.</summary>
    public long Count { get; private set; }

    /// <summary>How large it is.</summary>
    public long Bytes { get; private set; }

    /// <summary>Runs the query to its end.</summary>
    /// <exception cref="GoogleSqlException">It fails on the data, or its result is larger than 1 GiB.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static QueryResult Run(PreparedQuery query, ScratchFolder folder, CancellationToken cancellationToken)
    {
        var result = new QueryResult(folder.New(64 * 1024), query.Columns);
        try
        {
            foreach (var row in query.Execute(cancellationToken))
            {
                result.Append(row);
            }

            result._file.Flush();
            result.Bytes = result._file.Length;
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Up to <paramref name="limit"/> rows from number <paramref name="first"/> on, and no more after the one that passes <paramref name="maximumBytes"/>.</summary>
    /// <exception cref="ApiException">404: it has been dropped.</exception>
    public List<string> Page(long first, int limit, int maximumBytes)
    {
        List<string> rows = [];
        if (first >= Count || limit == 0)
        {
            return rows;
        }

        lock (_file)
        {
            if (!_file.CanRead)
            {
                throw new ApiException(404, "notFound", "Not found: the job has been forgotten.");
            }

            _file.Position = _marks[(int)(first / RowsBetweenMarks)];
            using var reader = new StreamReader(_file, Encoding.UTF8, false, 64 * 1024, leaveOpen: true);
            var skipped = first % RowsBetweenMarks;
            for (var bytes = 0; rows.Count < limit && bytes < maximumBytes && reader.ReadLine() is { } line;)
            {
                if (skipped-- <= 0)
                {
                    rows.Add(line);
                    bytes += line.Length;
                }
            }
        }

        return rows;
    }

    /// <summary>All rows, each as it is kept, whose bytes the next one takes.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Lines()
    {
        lock (_file)
        {
            _file.Position = 0;
            var lines = new LineReader(_file);
            while (lines.TryRead(out var line))
            {
                yield return line;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_file)
        {
            _file.Dispose();
        }
    }

    private void Append(object?[] row)
    {
        if (Count++ % RowsBetweenMarks == 0)
        {
            _marks.Add(_file.Position);
        }

        using (var writer = new Utf8JsonWriter(_file, Compact))
        {
            writer.WriteStartArray();
            foreach (var value in row)
            {
                Write(writer, value);
            }

            writer.WriteEndArray();
        }

        _file.WriteByte((byte)'\n');
        if (_file.Position > MaximumBytes)
        {
            throw new GoogleSqlException("Response too large to return. Add a LIMIT, or aggregate", failure: QueryFailure.ResourcesExceeded);
        }
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case Timestamp timestamp:
                writer.WriteNumberValue(timestamp.Micros);
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case Datetime time:
                writer.WriteStringValue(time.ToIsoString());
                break;
            case TimeOnly time:
                writer.WriteStringValue(time.ToString($"HH:mm:ss{Datetime.Fraction(time.Ticks / TimeSpan.TicksPerMicrosecond)}", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case object?[] values:
                writer.WriteStartArray();
                Array.ForEach(values, v => Write(writer, v));
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(value is DateOnly date ? date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : value.ToString());
                break;
        }
    }
}
