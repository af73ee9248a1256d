using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Snapshots;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Benchmarks.Dashboard;

/// <summary>What each question of a reading costs, asked one after the other.</summary>
internal static class QuestionCosts
{
    public static async Task PrintAsync(MeasuredSite site, CancellationToken cancellationToken)
    {
        using var answers = new OneByOne(new BigQueryAnswers(site.Client, site.Options));
        using var repetitions = new Repetitions();
        var reader = new SnapshotReader(answers, site.Options, repetitions, NullLogger.Instance);
        var view = new View { Zone = TimeZoneInfo.Utc };
        Snapshot? snapshot = null;
        foreach (var (asked, previous) in ((View, Func<Snapshot?>)[])[(view, () => null), (view, () => null), (view, () => snapshot), (view.With(new Filter("browser", "safari")), () => null)])
        {
            answers.Costs.Clear();
            var before = previous();
            if (before is not null)
            {
                await site.AddEventAsync();
            }

            snapshot = await reader.ReadAsync(asked, before, cancellationToken);
            Console.WriteLine($"questions of /{asked.Query}{(before is null ? "" : " after an event")}: ms, CPU ms, MB that Google's BigQuery would read");
            var bytes = new BytesRead(site.Client, (await new BigQueryAnswers(site.Client, site.Options).FindTablesAsync(cancellationToken))!);
            foreach (var (question, time, cpu) in answers.Costs)
            {
                var read = question is null ? null : await bytes.OfAsync(question, cancellationToken);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {time,6:0} {cpu,6:0} {read / 1e6,7:0.0}  {Gist(question?.Sql ?? "which tables there are")}"));
            }
        }
    }

    private static string Gist(string sql)
    {
        var end = sql.LastIndexOf("\n)\nSELECT", StringComparison.Ordinal);
        var text = string.Join(' ', sql[(end < 0 ? 0 : end + 3)..].Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 100 ? text : text[..100];
    }

    private sealed class OneByOne(IAnswers answers) : IAnswers, IDisposable
    {
        private readonly SemaphoreSlim _turn = new(1);

        public void Dispose() => _turn.Dispose();

        public List<(Question? Question, double Time, double Cpu)> Costs { get; } = [];

        public Task<EventTables?> FindTablesAsync(CancellationToken cancellationToken) => MeasureAsync(null, () => answers.FindTablesAsync(cancellationToken));

        public Task<Answer> AskAsync(Question question, CancellationToken cancellationToken) => MeasureAsync(question, () => answers.AskAsync(question, cancellationToken));

        private async Task<T> MeasureAsync<T>(Question? question, Func<Task<T>> ask)
        {
            await _turn.WaitAsync();
            try
            {
                var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                var answer = await ask();
                Costs.Add((question, Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds));
                return answer;
            }
            finally
            {
                _turn.Release();
            }
        }
    }
}
