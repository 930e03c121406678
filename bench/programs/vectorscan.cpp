// Vectorscan as a peer: bytes in, index of the first matching rule out.
//
//   vectorscan RULES        (harness/files.mjs writes the files, harness/child.mjs drives the program)
//
// All of the error patterns are one block-mode database. A rule with a test scope counts only if its scope matches the test's
// name: each scope is a database of its own, asked when such a rule has matched and no earlier one has. Patterns that Vectorscan
// refuses are left out and reported. Nothing is allocated while texts are scanned.

#include <hs.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr uint32_t NONE = 0xFFFFFFFF;

[[noreturn]] void fail(const std::string &what) {
    fprintf(stderr, "vectorscan: %s\n", what.c_str());
    exit(2);
}

double seconds(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) fail(std::string("cannot open ") + path);
    std::string bytes;
    char buffer[1 << 16];
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, file)) > 0;) bytes.append(buffer, n);
    fclose(file);
    return bytes;
}

// Little-endian numbers, and strings with their length before them.
struct Reader {
    std::string_view rest;

    uint32_t number() {
        uint32_t value;
        if (rest.size() < sizeof value) fail("the file ends too soon");
        memcpy(&value, rest.data(), sizeof value);
        rest.remove_prefix(sizeof value);
        return value;
    }

    std::string_view string() {
        size_t length = number();
        if (rest.size() < length) fail("the file ends too soon");
        std::string_view value = rest.substr(0, length);
        rest.remove_prefix(length);
        return value;
    }
};

unsigned flags_of(std::string_view letters) {
    unsigned flags = HS_FLAG_SINGLEMATCH | HS_FLAG_ALLOWEMPTY;
    for (char letter : letters) {
        switch (letter) {
            case 'i': flags |= HS_FLAG_CASELESS; break;
            case 'm': flags |= HS_FLAG_MULTILINE; break;
            case 's': flags |= HS_FLAG_DOTALL; break;
            case '8': flags |= HS_FLAG_UTF8; break;
            default: fail("unknown flag");
        }
    }
    return flags;
}

// Null: Vectorscan refuses the pattern.
hs_database_t *compile_one(const std::string &pattern, unsigned flags) {
    hs_database_t *database = nullptr;
    hs_compile_error_t *error = nullptr;
    if (hs_compile(pattern.c_str(), flags, HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS) {
        hs_free_compile_error(error);
    }
    return database;
}

struct Text {
    std::string_view test;
    std::string_view error;
};

struct Classifier {
    hs_database_t *database = nullptr;
    // a scan from within a match callback needs a scratch of its own
    hs_scratch_t *scratch = nullptr;
    hs_scratch_t *scope_scratch = nullptr;
    // by rule; null: no scope
    std::vector<hs_database_t *> scopes;

    const Text *text = nullptr;
    uint32_t best = NONE;

    bool in_scope(uint32_t rule) {
        if (!scopes[rule]) return true;
        bool matched = false;
        auto on_match = [](unsigned, unsigned long long, unsigned long long, unsigned, void *context) {
            *static_cast<bool *>(context) = true;
            return 1;
        };
        auto [data, size] = std::pair(text->test.data(), static_cast<unsigned>(text->test.size()));
        hs_error_t result = hs_scan(scopes[rule], data, size, 0, scope_scratch, on_match, &matched);
        if (result != HS_SUCCESS && result != HS_SCAN_TERMINATED) fail("hs_scan of a test's name failed");
        return matched;
    }

    uint32_t first(const Text &of) {
        text = &of;
        best = NONE;
        // every pattern was refused
        if (!database) return best;
        auto on_match = [](unsigned rule, unsigned long long, unsigned long long, unsigned, void *context) {
            auto *self = static_cast<Classifier *>(context);
            if (rule < self->best && self->in_scope(rule)) self->best = rule;
            return 0;
        };
        auto size = static_cast<unsigned>(of.error.size());
        if (hs_scan(database, of.error.data(), size, 0, scratch, on_match, this) != HS_SUCCESS) fail("hs_scan failed");
        return best;
    }
};

Classifier load(const char *path) {
    std::string file = read_file(path);
    Reader reader{file};
    uint32_t count = reader.number();

    Classifier classifier;
    std::vector<std::string> patterns;
    std::vector<unsigned> flags;
    std::vector<unsigned> ids;
    std::vector<uint32_t> refused;
    std::map<std::string, hs_database_t *> scopes;
    for (uint32_t rule = 0; rule < count; rule++) {
        std::string pattern(reader.string());
        unsigned own = flags_of(reader.string());
        std::string scope(reader.string());
        unsigned scope_flags = flags_of(reader.string());

        hs_database_t *scope_database = nullptr;
        if (!scope.empty()) {
            hs_database_t *&known = scopes[scope];
            if (!known) known = compile_one(scope, scope_flags);
            scope_database = known;
        }
        classifier.scopes.push_back(scope_database);
        if (!scope.empty() && !scope_database) {
            refused.push_back(rule);
            continue;
        }

        hs_expr_info_t *info = nullptr;
        hs_compile_error_t *error = nullptr;
        if (hs_expression_info(pattern.c_str(), own, &info, &error) != HS_SUCCESS) {
            hs_free_compile_error(error);
            refused.push_back(rule);
            continue;
        }
        free(info);
        patterns.push_back(std::move(pattern));
        flags.push_back(own);
        ids.push_back(rule);
    }

    double compile_seconds = 0;
    double compile_cpu_seconds = 0;
    while (!classifier.database && !patterns.empty()) {
        std::vector<const char *> expressions;
        for (const std::string &pattern : patterns) expressions.push_back(pattern.c_str());
        hs_compile_error_t *error = nullptr;
        double started = seconds(CLOCK_MONOTONIC);
        double started_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
        hs_error_t result = hs_compile_multi(expressions.data(), flags.data(), ids.data(), static_cast<unsigned>(patterns.size()),
                                             HS_MODE_BLOCK, nullptr, &classifier.database, &error);
        // of several attempts only the last counts
        compile_seconds = seconds(CLOCK_MONOTONIC) - started;
        compile_cpu_seconds = seconds(CLOCK_PROCESS_CPUTIME_ID) - started_cpu;
        if (result == HS_SUCCESS) break;
        if (error->expression < 0) fail(error->message);
        auto at = error->expression;
        refused.push_back(ids[at]);
        patterns.erase(patterns.begin() + at);
        flags.erase(flags.begin() + at);
        ids.erase(ids.begin() + at);
        hs_free_compile_error(error);
    }

    if (classifier.database && hs_alloc_scratch(classifier.database, &classifier.scratch) != HS_SUCCESS) {
        fail("hs_alloc_scratch failed");
    }
    for (auto &[pattern, database] : scopes) {
        if (database && hs_alloc_scratch(database, &classifier.scope_scratch) != HS_SUCCESS) fail("hs_alloc_scratch failed");
    }
    size_t database_bytes = 0;
    size_t scratch_bytes = 0;
    if (classifier.database) {
        hs_database_size(classifier.database, &database_bytes);
        hs_scratch_size(classifier.scratch, &scratch_bytes);
    }
    printf("{\"version\":\"%s\",\"compileMs\":%.1f,\"compileCpuMs\":%.1f,\"databaseBytes\":%zu,\"scratchBytes\":%zu,\"refused\":[",
           hs_version(), compile_seconds * 1e3, compile_cpu_seconds * 1e3, database_bytes, scratch_bytes);
    for (size_t i = 0; i < refused.size(); i++) printf("%s%u", i ? "," : "", refused[i]);
    printf("]}\n");
    fflush(stdout);
    return classifier;
}

}  // namespace

int main(int argc, char **argv) {
    if (argc != 2) fail("usage: vectorscan RULES");
    Classifier classifier = load(argv[1]);
    std::string file;
    std::vector<Text> texts;
    char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        char path[4000];
        size_t from = 0;
        size_t count = 0;
        size_t passes = 0;
        if (sscanf(line, "texts %3999[^\n]", path) == 1) {
            file = read_file(path);
            Reader reader{file};
            texts.assign(reader.number(), {});
            for (Text &text : texts) {
                text.test = reader.string();
                text.error = reader.string();
            }
            printf("{\"texts\":%zu}\n", texts.size());
        } else if (sscanf(line, "pass %zu %zu %zu", &from, &count, &passes) == 3) {
            uint32_t sum = 0;
            double started = seconds(CLOCK_PROCESS_CPUTIME_ID);
            for (size_t pass = 0; pass < passes; pass++) {
                for (size_t i = from; i < from + count; i++) sum += classifier.first(texts.at(i));
            }
            double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - started;
            printf("{\"cpuNs\":%.0f,\"sum\":%u}\n", cpu * 1e9, sum);
        } else if (sscanf(line, "first %zu %zu %3999[^\n]", &from, &count, path) == 3) {
            FILE *out = fopen(path, "wb");
            if (!out) fail(std::string("cannot open ") + path);
            std::vector<uint32_t> rules;
            double started = seconds(CLOCK_PROCESS_CPUTIME_ID);
            for (size_t i = from; i < from + count; i++) rules.push_back(classifier.first(texts.at(i)));
            double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - started;
            fwrite(rules.data(), sizeof(uint32_t), rules.size(), out);
            fclose(out);
            printf("{\"cpuNs\":%.0f}\n", cpu * 1e9);
        } else {
            fail(std::string("unknown command: ") + line);
        }
        fflush(stdout);
    }
}
