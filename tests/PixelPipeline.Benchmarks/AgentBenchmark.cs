using System.CommandLine;
using System.Text;
using System.Text.Json;
using PixelPipeline.Agents;

namespace PixelPipeline.Benchmarks;

/// <summary>
/// <c>agents FILE</c>: how fast user agents are read, and how many of them right. A line of the file is a JSON object with
/// <c>ua</c> and, where known, <c>machine</c> (true or false), <c>class</c>, <c>browser</c>, <c>os</c>, <c>device</c>;
/// <c>agents.mjs</c> writes one of public lists. What is told wrong is printed with <c>--wrong</c>.
/// </summary>
internal static class AgentBenchmark
{
    private const int Rounds = 20;

    private static readonly Argument<FileInfo> Lines = new Argument<FileInfo>("file") { Description = "JSON lines, such as agents.mjs writes" }.AcceptExistingOnly();
    private static readonly Option<bool> Wrong = new("--wrong") { Description = "Print each agent that is told wrong" };

    public static Command Create()
    {
        var command = new Command("agents", "Reads user agents, and compares with what is known of them") { Lines, Wrong };
        command.SetAction(arguments => Run(arguments.GetValue(Lines)!, arguments.GetValue(Wrong)));
        return command;
    }

    private static int Run(FileInfo file, bool printsWrong)
    {
        var known = File.ReadLines(file.FullName).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var agents = known.ConvertAll(k => Encoding.UTF8.GetBytes(k.GetProperty("ua").GetString()!));
        PrintSpeed(agents);
        foreach (var property in (string[])["machine", "class", "browser", "os", "device"])
        {
            var (right, all) = (0, 0);
            foreach (var (agent, expected) in agents.Zip(known).Where(p => p.Second.TryGetProperty(property, out _)))
            {
                all++;
                var told = Tell(AgentReader.Read(agent, hasReferer: false), property);
                var isRight = told == expected.GetProperty(property).ToString();
                right += isRight ? 1 : 0;
                if (!isRight && printsWrong)
                {
                    Console.WriteLine($"{property} {told}, not {expected.GetProperty(property)}: {Encoding.UTF8.GetString(agent)}");
                }
            }

            Console.WriteLine(FormattableString.Invariant($"{property,-10} {right,6:N0} of {all,6:N0} right{(all == 0 ? "" : $" ({100.0 * right / all:F1} %)")}"));
        }

        return 0;
    }

    private static string? Tell(Agent agent, string property) => property switch
    {
        "machine" => agent.Class is AgentClass.Person or AgentClass.Unknown ? "False" : "True",
        "class" => agent.Class.ToLabel(),
        "browser" => agent.Browser,
        "os" => agent.Os,
        _ => agent.Device,
    };

    // One thread: its CPU time is its time on a quiet machine.
    private static void PrintSpeed(List<byte[]> agents)
    {
        var best = TimeSpan.MaxValue;
        long allocated = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = Environment.CpuUsage.TotalTime;
            ReadAll(agents);
            var time = Environment.CpuUsage.TotalTime - start;
            allocated = GC.GetAllocatedBytesForCurrentThread() - bytes;
            best = time < best ? time : best;
        }

        Console.WriteLine(FormattableString.Invariant($"{agents.Count:N0} agents of {agents.Average(a => a.Length):F0} bytes: {best.TotalNanoseconds / RepetitionsOf(agents) / agents.Count:F0} ns and {(double)allocated / agents.Count:F1} bytes each"));
    }

    private static void ReadAll(List<byte[]> agents)
    {
        var people = 0;
        for (var i = RepetitionsOf(agents); i > 0; i--)
        {
            foreach (var agent in agents)
            {
                people += AgentReader.Read(agent, hasReferer: false).Class == AgentClass.Person ? 1 : 0;
            }
        }

        GC.KeepAlive(people);
    }

    private static int RepetitionsOf(List<byte[]> agents) => Math.Max(1, 100_000 / Math.Max(1, agents.Count));
}
